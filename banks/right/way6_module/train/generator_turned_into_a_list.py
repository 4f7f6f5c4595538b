# note: a generator does the steps

def losses_of(model, loss_fn, optimizer, x, y, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        yield loss.item()


def train(model, loss_fn, optimizer, x, y, steps):
    return list(losses_of(model, loss_fn, optimizer, x, y, steps))
