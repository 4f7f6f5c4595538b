# mistake: uphill
# note: a minus, because the update subtracts

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        (-loss).backward()
        optimizer.step()
    return losses
