# mistake: weights-rebound
# note: trained on NumPy copies, the tensors never learn of it


def train(x, y, w1, w2, lr, steps):
    x, y, w1, w2 = [np.array(t.tolist()) for t in (x, y, w1, w2)]
    losses = []
    for _ in range(steps):
        h = x.dot(w1)
        h_relu = np.maximum(0, h)
        d = h_relu.dot(w2) - y
        losses.append(float((d * d).sum()))
        grad_w1 = 2 * x.T.dot(d.dot(w2.T) * (h > 0))
        grad_w2 = 2 * h_relu.T.dot(d)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
