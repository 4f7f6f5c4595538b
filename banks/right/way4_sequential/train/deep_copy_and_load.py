# note: trains a copy and writes the result back
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
    model.load_state_dict(net.state_dict())
    return losses
