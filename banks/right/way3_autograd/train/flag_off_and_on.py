# note: switches the flag of the weights instead of the recorder

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        for w in (w1, w2):
            w.requires_grad_(False)
            w -= lr * w.grad
            w.requires_grad_(True)
            w.grad = None
    return losses
