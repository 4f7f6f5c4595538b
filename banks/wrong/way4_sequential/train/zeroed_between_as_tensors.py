# mistake: zeroed-too-early
# note: zero first, then subtract, inside the inner loop

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p.grad.zero_()
                p -= lr * p.grad
    return losses
