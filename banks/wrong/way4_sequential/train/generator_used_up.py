# mistake: generator-used-up
# note: parameters() is asked for once; from the second step on there is nothing left to walk through

def train(model, loss_fn, x, y, lr, steps):
    params = model.parameters()
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
    return losses
