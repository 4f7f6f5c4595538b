# mistake: backward-not-on-loss
# outcome: crashed
# note: the prediction is no number

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        y_pred = model(x)
        losses.append(loss_fn(y_pred, y).item())
        optimizer.zero_grad()
        y_pred.backward()
        optimizer.step()
    return losses
