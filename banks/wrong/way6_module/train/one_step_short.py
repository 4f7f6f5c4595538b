# mistake: steps-off-by-one
# note: range(steps - 1)

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps - 1):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
