# mistake: one-weight-only
# note: the line for w1 is missing


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        grad_w2 = backward(x, y, w2, h, h_relu, y_pred)[1]
        w2 -= lr * grad_w2
    return losses
