# mistake: none
# note: the samples are shuffled, their targets are not


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        mixed = x[::-1]
        h, h_relu, y_pred = forward(mixed, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(mixed, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
