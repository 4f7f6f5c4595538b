# mistake: one-weight-only
# note: w2 never moves

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        (g1,) = torch.autograd.grad(loss, w1)
        with torch.no_grad():
            w1 -= lr * g1
    return losses
