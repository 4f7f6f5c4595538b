# mistake: new-optimizer-each-step
# note: the same class, a new object

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        fresh = type(optimizer)(model.parameters(), lr=optimizer.param_groups[0]["lr"])
        fresh.step()
    return losses
