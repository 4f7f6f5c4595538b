# mistake: h-overwritten
# note: clamp_ on h, then the mask finds nothing: numbers of no mask


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = h.clamp_(min=0)
        d = h_relu.mm(w2) - y
        losses.append(d.pow(2).sum().item())
        grad_h = 2 * d.mm(w2.t())
        grad_h[h < 0] = 0
        w2 -= lr * 2 * h_relu.t().mm(d)
        w1 -= lr * x.t().mm(grad_h)
    return losses
