# mistake: biases-skipped
# note: w1 and w2 were all there was before

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for module in model:
                if isinstance(module, torch.nn.Linear):
                    module.weight -= lr * module.weight.grad
    return losses
