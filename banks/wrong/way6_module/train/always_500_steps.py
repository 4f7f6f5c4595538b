# mistake: steps-ignored
# note: 500 written in

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(500):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
