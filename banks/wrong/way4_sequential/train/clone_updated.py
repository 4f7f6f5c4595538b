# mistake: loop-variable-rebound
# note: in place, but on a clone

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            new = p.detach().clone()
            new -= lr * p.grad
    return losses
