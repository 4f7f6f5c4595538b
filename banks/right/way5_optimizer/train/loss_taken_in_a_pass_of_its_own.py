# note: one pass to write down the loss, a second one for the gradients

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        with torch.no_grad():
            losses.append(loss_fn(model(x), y).item())
        optimizer.zero_grad(set_to_none=True)
        loss_fn(model(x), y).backward()
        optimizer.step()
    return losses
