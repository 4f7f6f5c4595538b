def one_step(model, loss_fn, optimizer, x, y):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def train(model, loss_fn, optimizer, x, y, steps):
    return tuple(one_step(model, loss_fn, optimizer, x, y) for _ in range(steps))
