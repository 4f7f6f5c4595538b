# mistake: new-optimizer-each-step
# note: an SGD of its own at each step, whatever was handed in

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        own = torch.optim.SGD(model.parameters(), lr=1e-4)
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        own.zero_grad()
        loss.backward()
        own.step()
    return losses
