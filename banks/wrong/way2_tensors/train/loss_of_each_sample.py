# mistake: loss-not-scalar
# note: a vector of losses at each step


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append((y_pred - y).pow(2).sum(1))
        _, grad_w2, _, _, grad_w1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
