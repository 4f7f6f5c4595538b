def train(model, loss_fn, optimizer, x, y, steps):
    model.train()
    losses = np.empty(steps)
    for i in range(steps):
        loss = loss_fn(model(x), y)
        losses[i] = loss.item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
