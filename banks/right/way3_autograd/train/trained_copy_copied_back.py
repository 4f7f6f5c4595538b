# note: works on copies, and writes them back in the end

def train(x, y, w1, w2, lr, steps):
    a = w1.detach().clone().requires_grad_()
    b = w2.detach().clone().requires_grad_()
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, a, b)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (a, b))
        with torch.no_grad():
            a -= lr * g1
            b -= lr * g2
    with torch.no_grad():
        w1.copy_(a)
        w2.copy_(b)
    return losses
