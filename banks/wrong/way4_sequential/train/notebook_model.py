# mistake: global-not-argument
# note: trains the notebook's model

def train(net, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(net(x), y)
        losses.append(loss.item())
        net.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                if p.grad is not None:
                    p -= lr * p.grad
    return losses
