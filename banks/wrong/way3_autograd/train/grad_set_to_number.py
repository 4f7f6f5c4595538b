# mistake: grad-set-to-zero-number
# outcome: crashed
# note: .grad takes a tensor or None, not 0

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1 -= lr * w1.grad
            w2 -= lr * w2.grad
        w1.grad = 0
        w2.grad = 0
    return losses
