# mistake: new-optimizer-each-step
# note: calls make_optimizer at each step

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        opt = make_optimizer(model, optimizer.defaults["lr"])
        opt.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        opt.step()
    return losses
