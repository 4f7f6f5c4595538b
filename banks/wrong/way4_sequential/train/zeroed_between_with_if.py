# mistake: zeroed-too-early
# note: silenced the error with an if

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        model.zero_grad()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
    return losses
