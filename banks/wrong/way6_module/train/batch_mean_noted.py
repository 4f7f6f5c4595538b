# mistake: batch-mean
# note: the noted loss is divided by the number of examples

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item() / len(x))
        loss.backward()
        optimizer.step()
    return losses
