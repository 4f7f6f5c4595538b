# mistake: one-not-zeroed
# note: the biases keep their gradients

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        for p in model.parameters():
            if p.dim() == 2:
                p.grad = None
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
