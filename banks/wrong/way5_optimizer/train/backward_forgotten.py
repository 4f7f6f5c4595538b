# mistake: backward-not-called
# note: nobody filled .grad, and step says nothing

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.step()
    return losses
