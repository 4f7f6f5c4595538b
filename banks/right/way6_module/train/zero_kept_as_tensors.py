def train(model, loss_fn, optimizer, x, y, steps):
    losses = torch.zeros(steps, dtype=torch.float64)
    for i in range(steps):
        optimizer.zero_grad(set_to_none=False)
        loss = loss_fn(model(x), y)
        losses[i] = loss.item()
        loss.backward()
        optimizer.step()
    return losses
