# mistake: loop-variable-rebound
# note: a list of new tensors beside the model

def train(model, loss_fn, x, y, lr, steps):
    params = list(model.parameters())
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        grads = torch.autograd.grad(loss, list(model.parameters()))
        with torch.no_grad():
            params = [p - lr * g for p, g in zip(params, grads)]
    return losses
