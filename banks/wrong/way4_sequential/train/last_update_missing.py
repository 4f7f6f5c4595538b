# mistake: none
# note: the losses are right, the last update is left out

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for step in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        if step == steps - 1:
            break
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
