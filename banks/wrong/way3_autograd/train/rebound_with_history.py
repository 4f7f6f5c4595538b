# mistake: weights-rebound
# note: a longer and longer graph; the losses are right, the caller's weights never move

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        w1 = w1 - lr * g1
        w2 = w2 - lr * g2
    return losses
