# mistake: none
# note: squeeze: with one output every prediction meets every target

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x).squeeze(), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
