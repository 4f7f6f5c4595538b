# mistake: updated-twice
# note: the old update was left standing beside the new one

def train(model, loss_fn, optimizer, x, y, steps):
    lr = optimizer.param_groups[0]["lr"]
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
