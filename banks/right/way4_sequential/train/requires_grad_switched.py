
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.requires_grad_(True)
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        model.requires_grad_(False)
        for p in model.parameters():
            p -= lr * p.grad
    model.requires_grad_(True)
    return losses
