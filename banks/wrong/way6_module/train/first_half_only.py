# mistake: none
# note: a batch, as in other texts

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        half = len(x) // 2
        loss = loss_fn(model(x[:half]), y[:half])
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
