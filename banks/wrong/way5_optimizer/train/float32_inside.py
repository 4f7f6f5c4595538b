# mistake: dtype-changed
# note: losses kept in half the digits

def train(model, loss_fn, optimizer, x, y, steps):
    losses = np.zeros(steps, dtype=np.float32)
    for i in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses[i] = loss.item()
        loss.backward()
        optimizer.step()
    return losses
