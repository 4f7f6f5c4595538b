# mistake: never-zeroed
# note: once, before the loop

def train(model, loss_fn, optimizer, x, y, steps):
    optimizer.zero_grad()
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
