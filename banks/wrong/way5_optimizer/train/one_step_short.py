# mistake: steps-off-by-one
# note: range(1, steps)

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(1, steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
