# mistake: never-zeroed
# note: one indentation too shallow

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    model.zero_grad()
    return losses
