
def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad(set_to_none=True)
        loss = loss_fn(model(x), y)
        loss.backward()
        losses.append(loss.detach().numpy().item())
        gradients = {name: p.grad for name, p in model.named_parameters()}
        for name, values in model.state_dict().items():
            values -= lr * gradients[name]
    return losses
