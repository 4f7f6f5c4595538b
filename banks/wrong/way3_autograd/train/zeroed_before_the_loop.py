# mistake: never-zeroed
# note: cleaned once, before the loop

def train(x, y, w1, w2, lr, steps):
    losses = []
    w1.grad = None
    w2.grad = None
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            w1.add_(-lr * w1.grad)
            w2.add_(-lr * w2.grad)
    return losses
