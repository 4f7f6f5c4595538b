# mistake: loss-fn-ignored
# note: builds the loss of the text anew

def train(model, loss_fn, x, y, lr, steps):
    criterion = torch.nn.MSELoss(reduction="sum")
    losses = []
    for _ in range(steps):
        loss = criterion(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
