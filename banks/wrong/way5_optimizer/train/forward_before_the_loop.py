# mistake: forward-outside-loop
# outcome: crashed
# note: one forward pass, many backward passes

def train(model, loss_fn, optimizer, x, y, steps):
    loss = loss_fn(model(x), y)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
