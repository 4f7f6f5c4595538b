# mistake: one-weight-only
# note: w2 never moves


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        w1 -= lr * backward(x, y, w2, h, h_relu, y_pred)[4]
    return losses
