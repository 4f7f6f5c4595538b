def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad(set_to_none=False)
        loss = loss_fn(model(x), y)
        losses.append(loss.detach().item())
        loss.backward()
        optimizer.step()
    return losses
