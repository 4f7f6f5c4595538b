# mistake: total-loss-backward
# outcome: crashed
# note: the sum of all losses goes backward

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        losses.append(loss_fn(model(x), y))
        model.zero_grad()
        sum(losses).backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return [loss.item() for loss in losses]
