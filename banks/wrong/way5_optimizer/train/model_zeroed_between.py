# mistake: zeroed-too-early
# note: the same through the model

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        loss.backward()
        model.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses
