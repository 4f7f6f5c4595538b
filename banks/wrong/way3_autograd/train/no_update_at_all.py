# mistake: no-update
# note: backward, and nothing after it

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        w1.grad = None
        w2.grad = None
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
    return losses
