# mistake: last-loss-only
# note: the list starts anew at each step

def train(model, loss_fn, optimizer, x, y, steps):
    for _ in range(steps):
        losses = []
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
