# note: a tensor that is filled; retain_graph is not needed and does no harm

def train(model, loss_fn, optimizer, x, y, steps):
    losses = torch.zeros(steps)
    for i in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward(retain_graph=True)
        losses[i] = loss.detach()
        optimizer.step()
    return losses
