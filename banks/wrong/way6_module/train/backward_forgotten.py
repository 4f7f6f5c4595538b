# mistake: backward-not-called
# note: nobody filled .grad

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        optimizer.step()
    return losses
