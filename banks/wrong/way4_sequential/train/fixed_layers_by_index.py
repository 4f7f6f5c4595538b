# mistake: none
# note: all four by number: a longer chain keeps its third layer where it was

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for i in (0, 2):
                model[i].weight -= lr * model[i].weight.grad
                model[i].bias -= lr * model[i].bias.grad
    return losses
