# mistake: no-learning-rate
# note: np.subtract, and lr never read


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x @ w1
        r = np.maximum(h, 0)
        d = r @ w2 - y
        losses.append((d**2).sum())
        g2 = 2 * r.T @ d
        g1 = 2 * x.T @ ((d @ w2.T) * (h > 0))
        np.subtract(w1, g1, out=w1)
        np.subtract(w2, g2, out=w2)
    return losses
