# mistake: new-optimizer-each-step
# note: made anew at each step, the averages start at nothing again

def train(model, loss_fn, optimizer, x, y, steps):
    lr = optimizer.param_groups[0]["lr"]
    losses = []
    for _ in range(steps):
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
