# mistake: forward-outside-loop
# outcome: crashed
# note: one forward pass, many backward passes

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    y_pred = model(x)
    for _ in range(steps):
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
