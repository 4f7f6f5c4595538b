# note: the gradients are emptied by hand, over the groups of the optimizer

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        for group in optimizer.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.grad.detach_()
                    p.grad.zero_()
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.detach().numpy())
        optimizer.step()
    return losses
