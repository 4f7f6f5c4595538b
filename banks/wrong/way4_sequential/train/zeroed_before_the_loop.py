# mistake: never-zeroed
# note: once is not enough

def train(model, loss_fn, x, y, lr, steps):
    model.zero_grad()
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        for p in model.parameters():
            p.data -= lr * p.grad
    return losses
