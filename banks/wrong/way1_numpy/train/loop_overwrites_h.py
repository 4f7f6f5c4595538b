# mistake: h-overwritten
# note: h changed in place, then asked where it is negative: same numbers as no mask


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        h_relu = np.maximum(h, 0, out=h)
        d = h_relu @ w2 - y
        losses.append((d * d).sum())
        grad_w2 = 2 * h_relu.T @ d
        grad_h = 2 * d @ w2.T
        grad_h[h < 0] = 0
        grad_w1 = x.T @ grad_h
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
