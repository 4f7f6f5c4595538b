# mistake: step-before-backward
# note: the same, both at the top of the loop

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        optimizer.step()
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.item())
    return losses
