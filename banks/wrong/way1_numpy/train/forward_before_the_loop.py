# mistake: forward-outside-loop
# note: forward and backward once, then the same step again and again


def train(x, y, w1, w2, lr, steps):
    losses = []
    h, h_relu, y_pred = forward(x, w1, w2)
    _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
    for _ in range(steps):
        losses.append(float(loss_fn(y_pred, y)))
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
