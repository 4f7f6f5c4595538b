# mistake: step-before-backward
# outcome: crashed
# note: forward, step, backward: torch notices that the weights have changed in between

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.step()
        optimizer.zero_grad()
        loss.backward()
    return losses
