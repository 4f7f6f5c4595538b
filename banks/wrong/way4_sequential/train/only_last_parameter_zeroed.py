# mistake: one-not-zeroed
# note: the zeroing line stands behind the inner loop: only the last bias

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
            p.grad.zero_()
    return losses
