# note: the leaf stays the same object; its storage is a new one

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1.data = w1.data - lr * w1.grad
        w2.data = w2.data - lr * w2.grad
        w1.grad = None
        w2.grad = None
    return losses
