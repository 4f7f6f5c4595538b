# note: recursion


def train(x, y, w1, w2, lr, steps):
    if steps == 0:
        return []
    h, h_relu, y_pred = forward(x, w1, w2)
    loss = float(loss_fn(y_pred, y))
    _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
    w1 -= lr * g1
    w2 -= lr * g2
    return [loss, *train(x, y, w1, w2, lr, steps - 1)]
