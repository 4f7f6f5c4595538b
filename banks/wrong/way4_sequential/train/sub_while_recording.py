# mistake: update-recorded
# outcome: crashed
# note: the block ends one line too early

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        for p in model.parameters():
            with torch.no_grad():
                step = lr * p.grad
            p.sub_(step)
        model.zero_grad()
    return losses
