# mistake: none
# note: w2's gradient is taken after w1 has moved

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        (g1,) = torch.autograd.grad(loss, w1)
        w1.data -= lr * g1
        (g2,) = torch.autograd.grad(loss_fn(x, y, w1, w2), w2)
        w2.data -= lr * g2
    return losses
