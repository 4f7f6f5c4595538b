# mistake: mean-not-sum
# note: both averaged


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.mm(w1)
        h_relu = h.clamp(min=0)
        d = h_relu.mm(w2) - y
        losses.append(d.pow(2).mean().item())
        grad = 2 * d / d.numel()
        grad_w1 = x.t().mm(grad.mm(w2.t()) * (h > 0))
        w2 -= lr * h_relu.t().mm(grad)
        w1 -= lr * grad_w1
    return losses
