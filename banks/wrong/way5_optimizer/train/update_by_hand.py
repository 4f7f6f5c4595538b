# mistake: optimizer-ignored
# note: the loop of the fourth way; the optimizer is not asked

def train(model, loss_fn, optimizer, x, y, steps):
    lr = optimizer.param_groups[0]["lr"]
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
