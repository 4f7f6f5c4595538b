# mistake: biases-skipped
# note: only names that end in weight

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for name, p in model.named_parameters():
                if "weight" in name:
                    p -= lr * p.grad
    return losses
