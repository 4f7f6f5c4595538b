# mistake: loop-variable-rebound
# note: the same without the block: no error, no effect

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        for params in model.parameters():
            params = params - lr * params.grad
    return losses
