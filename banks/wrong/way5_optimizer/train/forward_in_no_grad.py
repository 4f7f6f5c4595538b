# mistake: forward-in-no-grad
# outcome: crashed
# note: the block of the ways before, around too much

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        with torch.no_grad():
            loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
