def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for module in model.modules():
                for p in module.parameters(recurse=False):
                    p -= lr * p.grad
    return losses
