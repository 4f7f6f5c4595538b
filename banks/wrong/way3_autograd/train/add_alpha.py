# mistake: uphill
# note: add_ with a positive alpha

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            for w, g in zip((w1, w2), grads):
                w.add_(g, alpha=lr)
    return losses
