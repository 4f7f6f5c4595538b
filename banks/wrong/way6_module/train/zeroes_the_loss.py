# mistake: never-zeroed
# note: empties the slot of the wrong tensors

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        loss.grad = None
        x.grad = None
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
