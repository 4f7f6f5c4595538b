# mistake: step-before-backward
# note: zero, step, backward

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.step()
        loss.backward()
    return losses
