# mistake: loss-fn-ignored
# note: squares the errors itself, whatever loss was handed in

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = (model(x) - y).pow(2).sum()
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
