def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad(set_to_none=False)
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p.add_(p.grad, alpha=-lr)
    return losses
