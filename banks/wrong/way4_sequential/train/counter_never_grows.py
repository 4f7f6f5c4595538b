# mistake: none
# outcome: timed_out
# note: the line that counts was forgotten

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    t = 0
    while t < steps:
        loss = loss_fn(model(x), y)
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    losses.append(loss.item())
    return losses
