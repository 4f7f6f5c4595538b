# mistake: weights-reinitialised
# note: the whole script of the original in one function

def train(model, loss_fn, optimizer, x, y, steps):
    model = torch.nn.Sequential(
        torch.nn.Linear(x.shape[1], 100), torch.nn.ReLU(), torch.nn.Linear(100, y.shape[1])
    ).to(x)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
