# mistake: biases-skipped
# note: matrices only

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    matrices = [p for p in model.parameters() if p.dim() == 2]
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in matrices:
                p.sub_(p.grad, alpha=lr)
    return losses
