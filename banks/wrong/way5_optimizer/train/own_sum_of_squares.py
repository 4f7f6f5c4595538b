# mistake: loss-fn-ignored
# note: the loss is written out; right as long as nobody asks for another one

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = ((model(x) - y) ** 2).sum()
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
