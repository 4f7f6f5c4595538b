# mistake: optimizer-ignored
# note: the line of the lesson inside the function; right as long as Adam is handed in

def train(model, loss_fn, optimizer, x, y, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=optimizer.param_groups[0]["lr"])
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
