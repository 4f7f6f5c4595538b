def steps_of(model, loss_fn, optimizer, x, y):
    while True:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield loss.item()


def train(model, loss_fn, optimizer, x, y, steps):
    running = steps_of(model, loss_fn, optimizer, x, y)
    return [next(running) for _ in range(steps)]
