# mistake: last-loss-only
# note: a new list in every step

def train(x, y, w1, w2, lr, steps):
    for _ in range(steps):
        losses = []
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses
