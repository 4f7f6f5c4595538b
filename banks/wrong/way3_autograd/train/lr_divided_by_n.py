# mistake: batch-mean
# note: the step is divided by the number of examples

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1 / len(x)
            w2 -= lr * g2 / len(x)
    return losses
