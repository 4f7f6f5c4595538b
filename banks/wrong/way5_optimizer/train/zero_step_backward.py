# mistake: step-before-backward
# note: zero, step, backward: there is never a gradient when step looks

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        optimizer.step()
        loss.backward()
    return losses
