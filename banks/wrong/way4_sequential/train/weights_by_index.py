# mistake: biases-skipped
# note: model[0] and model[2]

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            model[0].weight -= lr * model[0].weight.grad
            model[2].weight -= lr * model[2].weight.grad
    return losses
