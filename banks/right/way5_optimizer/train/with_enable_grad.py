def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    with torch.enable_grad():
        for t in range(1, steps + 1):
            loss = loss_fn(model(x), y)
            if t % 100 == 0:
                print(t, loss.item())
            losses += [loss.item()]
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return losses
