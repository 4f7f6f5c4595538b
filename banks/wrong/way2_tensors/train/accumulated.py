# mistake: none
# note: accumulated


def train(x, y, w1, w2, lr, steps):
    losses = []
    s1, s2 = 0, 0
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        s1 = s1 + grad_w1
        s2 = s2 + grad_w2
        w1 -= lr * s1
        w2 -= lr * s2
    return losses
