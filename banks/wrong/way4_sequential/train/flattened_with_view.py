# mistake: needs-contiguous
# note: view wants its numbers in one row in memory

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x).view(-1), y.view(-1))
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
