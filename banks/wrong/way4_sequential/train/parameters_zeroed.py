# mistake: weights-zeroed
# note: .grad is missing from the last line

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
                p.zero_()
    return losses
