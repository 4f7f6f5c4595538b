# mistake: weights-rebound
# note: w1 in place, w2 under a new tensor of the same name

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
        w2 = (w2 - lr * g2).detach().requires_grad_()
    return losses
