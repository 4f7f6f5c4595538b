# mistake: zeroed-too-early
# note: the loop of way 4 that empties the gradients, in the wrong place

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        for p in model.parameters():
            p.grad.zero_()
        optimizer.step()
    return losses
