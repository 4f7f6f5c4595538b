# mistake: none
# note: a slice left over from trying things out: only the first ten examples

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x[:10].mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred - y[:10]).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses
