# mistake: never-zeroed
# note: the parentheses of zero_grad

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad
        loss.backward()
        optimizer.step()
    return losses
