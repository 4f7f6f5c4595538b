# note: new values go in through the state dict

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        loss.backward()
        new = {name: (p - lr * p.grad).detach() for name, p in model.named_parameters()}
        model.load_state_dict(new)
    return losses
