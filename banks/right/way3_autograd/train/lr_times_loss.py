# note: the learning rate stands in the loss, the step has none

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        (lr * loss).backward()
        with torch.no_grad():
            w1 -= w1.grad
            w2 -= w2.grad
        w1.grad = w2.grad = None
    return losses
