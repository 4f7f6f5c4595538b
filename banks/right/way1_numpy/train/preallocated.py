# note: preallocated


def train(x, y, w1, w2, lr, steps):
    losses = [0.0] * steps
    for i in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses[i] = loss_fn(y_pred, y)
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
