# mistake: weights-reinitialised
# note: a model of its own, unknown to the optimizer: nothing learns

def train(model, loss_fn, optimizer, x, y, steps):
    model = TwoLayerNet(x.shape[1], 100, y.shape[1]).to(x)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
