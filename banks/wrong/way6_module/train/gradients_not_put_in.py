# mistake: gradients-not-stored
# note: autograd.grad hands the gradients back and stores nothing

def train(model, loss_fn, optimizer, x, y, steps):
    params = list(model.parameters())
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, params)
        optimizer.step()
    return losses
