# mistake: optimizer-ignored
# note: an SGD of its own; the one handed in does nothing

def train(model, loss_fn, optimizer, x, y, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=optimizer.param_groups[0]["lr"])
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
