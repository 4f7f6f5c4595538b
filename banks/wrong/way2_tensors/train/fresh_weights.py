# mistake: weights-reinitialised
# note: fresh weights at the top


def train(x, y, w1, w2, lr, steps):
    w1.normal_()
    w2.normal_()
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
