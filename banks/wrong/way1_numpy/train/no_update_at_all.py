# mistake: no-update
# note: losses and gradients, but nothing is learned


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        backward(x, y, w2, h, h_relu, y_pred)
    return losses
