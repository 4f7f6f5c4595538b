def train(model, loss_fn, optimizer, x, y, steps):
    model.train()
    losses = []
    for _ in range(steps):
        model.zero_grad(set_to_none=True)
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses += [float(loss.detach())]
    return losses
