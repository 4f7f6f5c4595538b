# mistake: zeroed-before-first
# outcome: crashed
# note: there is no .grad at the first step

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        for p in model.parameters():
            p.grad.zero_()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
