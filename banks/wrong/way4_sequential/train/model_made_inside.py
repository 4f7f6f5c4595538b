# mistake: weights-reinitialised
# note: the whole script of the original in one function

def train(model, loss_fn, x, y, lr, steps):
    model = make_model(x.shape[1], 100, y.shape[1]).to(x)
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
