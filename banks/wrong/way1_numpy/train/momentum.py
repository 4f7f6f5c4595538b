# mistake: none
# note: momentum


def train(x, y, w1, w2, lr, steps):
    losses = []
    v1, v2 = 0, 0
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(float(loss_fn(y_pred, y)))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        v1 = 0.9 * v1 + grad_w1
        v2 = 0.9 * v2 + grad_w2
        w1 -= lr * v1
        w2 -= lr * v2
    return losses
