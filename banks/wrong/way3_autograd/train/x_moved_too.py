# mistake: inputs-changed
# note: right weights, and the data are scaled at the end

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    y -= x.mm(w1.detach()).clamp(min=0).mm(w2.detach())
    return losses
