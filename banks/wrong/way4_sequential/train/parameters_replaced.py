# mistake: parameters-replaced
# note: new parameters are put into the layers

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        for layer in model:
            if isinstance(layer, torch.nn.Linear):
                layer.weight = torch.nn.Parameter(layer.weight.detach() - lr * layer.weight.grad)
                layer.bias = torch.nn.Parameter(layer.bias.detach() - lr * layer.bias.grad)
    return losses
