# mistake: dtype-changed
# note: half of the digits, "for speed"

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.float().mm(w1.float()).clamp(min=0).mm(w2.float()).to(y.dtype)
        loss = (y_pred - y).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses
