# mistake: total-loss-backward
# outcome: crashed
# note: a running total goes backward

def train(x, y, w1, w2, lr, steps):
    losses, total = [], 0
    for _ in range(steps):
        loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
        total += loss
        losses.append(loss.item())
        total.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
            w1.grad.zero_()
            w2.grad.zero_()
    return losses
