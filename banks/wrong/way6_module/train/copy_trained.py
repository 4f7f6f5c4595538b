# mistake: trained-a-copy
# note: the copy makes the prediction, the optimizer holds the other one
import copy


def train(model, loss_fn, optimizer, x, y, steps):
    net = copy.deepcopy(model)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(net(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses
