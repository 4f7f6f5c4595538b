# mistake: trained-a-copy
# note: a deep copy learns, the model handed in does not
import copy


def train(model, loss_fn, x, y, lr, steps):
    net = copy.deepcopy(model)
    losses = []
    for _ in range(steps):
        loss = loss_fn(net(x), y)
        losses.append(loss.item())
        net.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in net.parameters():
                p -= lr * p.grad
    return losses
