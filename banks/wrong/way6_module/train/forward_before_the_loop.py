# mistake: forward-outside-loop
# outcome: crashed
# note: one forward pass, many backward passes

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    y_pred = model(x)
    for _ in range(steps):
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
