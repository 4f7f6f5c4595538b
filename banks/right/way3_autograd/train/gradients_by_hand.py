# note: no autograd at all

def train(x, y, w1, w2, lr, steps):
    losses = []
    with torch.no_grad():
        for _ in range(steps):
            h = x @ w1
            h_relu = h.clamp(min=0)
            d = h_relu @ w2 - y
            losses.append(d.pow(2).sum().item())
            g2 = h_relu.T @ (2 * d)
            g1 = x.T @ ((2 * d @ w2.T) * (h > 0))
            w1 -= lr * g1
            w2 -= lr * g2
    return losses
