# mistake: generator-used-up
# note: the loop that zeroes uses it up, the loop that updates finds nothing

def train(model, loss_fn, x, y, lr, steps):
    params = model.parameters()
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
    return losses
