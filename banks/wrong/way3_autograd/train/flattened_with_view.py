# mistake: needs-contiguous
# note: view wants its numbers in one row in memory; reshape does not

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        y_pred = x.mm(w1).clamp(min=0).mm(w2)
        loss = (y_pred.view(-1) - y.view(-1)).pow(2).sum()
        losses.append(loss.item())
        g1, g2 = torch.autograd.grad(loss, (w1, w2))
        with torch.no_grad():
            w1 -= lr * g1
            w2 -= lr * g2
    return losses
