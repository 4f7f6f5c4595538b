# mistake: zeroed-too-early
# note: zeros instead of None: Adam counts its steps and does not move

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.zero_grad(set_to_none=False)
        optimizer.step()
    return losses
