# note: w2 first, once both gradients are there


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        gradients = backward(x, y, w2, h, h_relu, y_pred)
        w2 -= lr * gradients[1]
        w1 -= lr * gradients[-1]
    return losses
