# mistake: backward-twice
# outcome: crashed
# note: backward once more, in front of the update

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            loss.backward()
            p.data -= lr * p.grad
    return losses
