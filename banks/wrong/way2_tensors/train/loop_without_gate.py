# mistake: no-mask
# note: the loop by itself, gate forgotten


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = h.clamp(min=0)
        d = h_relu.mm(w2) - y
        losses.append(d.pow(2).sum().item())
        grad_w2 = 2 * h_relu.t().mm(d)
        grad_w1 = 2 * x.t().mm(d.mm(w2.t()))
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
