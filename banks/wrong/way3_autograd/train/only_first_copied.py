# mistake: weights-rebound
# note: only w1 is replaced by a copy

def train(x, y, w1, w2, lr, steps):
    w1 = w1.clone().detach().requires_grad_(True)
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        w1.data -= lr * g1
        w2.data -= lr * g2
    return losses
