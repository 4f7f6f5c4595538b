# mistake: backward-not-on-loss
# outcome: crashed
# note: backward is called on the model

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        model.backward()
        optimizer.step()
    return losses
