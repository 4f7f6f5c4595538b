def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for t in range(steps):
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for params in model.parameters():
                params -= lr * params.grad
    return losses
