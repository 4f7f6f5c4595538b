# mistake: mean-not-sum
# note: loss_fn is replaced by MSELoss()

def train(model, loss_fn, optimizer, x, y, steps):
    criterion = torch.nn.MSELoss()
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
