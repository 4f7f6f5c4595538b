# mistake: new-optimizer-each-step
# note: thought that zeroing means to empty the whole optimizer

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        optimizer.state.clear()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
