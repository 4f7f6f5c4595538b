# mistake: forward-in-no-grad
# outcome: crashed
# note: the block begins too early

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        with torch.no_grad():
            loss = loss_fn(model(x), y)
            losses.append(loss.item())
            model.zero_grad()
            loss.backward()
            for p in model.parameters():
                p -= lr * p.grad
    return losses
