# mistake: autograd-used
# outcome: refused
# note: SGD of the library on the given tensors


def train(x, y, w1, w2, lr, steps):
    weights = [w1.requires_grad_(), w2.requires_grad_()]
    optimizer = torch.optim.SGD(weights, lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = (torch.relu(x @ w1) @ w2 - y).pow(2).sum()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
