# mistake: one-layer-only
# note: the output layer never moves

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in list(model.parameters())[:2]:
                p -= lr * p.grad
    return losses
