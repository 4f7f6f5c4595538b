# mistake: none
# note: switches recording off for the update, and on again only at the start of a step

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        w1.requires_grad = True
        w2.requires_grad = True
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        w1.requires_grad = False
        w2.requires_grad = False
        w1 -= lr * g1
        w2 -= lr * g2
    return losses
