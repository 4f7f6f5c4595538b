def train(model, loss_fn, x, y, lr, steps):
    params = list(model.parameters())
    losses = []
    i = 0
    while i < steps:
        loss = loss_fn(model(x), y)
        losses.append(float(loss))
        for p in params:
            if p.grad is not None:
                p.grad.zero_()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
        i += 1
    return tuple(losses)
