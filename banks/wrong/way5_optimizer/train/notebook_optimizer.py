# mistake: global-not-argument
# note: steps the notebook's optimizer

def train(model, loss_fn, opt, x, y, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
