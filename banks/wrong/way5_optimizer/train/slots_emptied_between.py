# mistake: zeroed-too-early
# note: the same with None

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        for p in model.parameters():
            p.grad = None
        optimizer.step()
    return losses
