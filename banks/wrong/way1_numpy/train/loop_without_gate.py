# mistake: no-mask
# note: the loop by itself, gate forgotten


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = np.maximum(h, 0)
        d = h_relu @ w2 - y
        losses.append((d * d).sum())
        grad_w2 = h_relu.T @ (2 * d)
        grad_w1 = x.T @ (2 * d @ w2.T)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
