# mistake: graph-cut
# outcome: crashed
# note: detached, so that the loss can be printed

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        y_pred = model(x).detach()
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
