# mistake: needs-contiguous
# note: x goes through a view of one axis


def train(model, loss_fn, optimizer, x, y, steps):
    x = x.view(-1).view(len(x), -1)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
