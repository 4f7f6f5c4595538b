# mistake: never-zeroed
# note: zeroes the slots of the wrong tensors

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        x.grad = None
        y.grad = None
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
