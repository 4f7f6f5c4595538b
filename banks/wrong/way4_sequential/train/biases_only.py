# mistake: weights-skipped
# note: the condition the wrong way round

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(model(x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for name, p in model.named_parameters():
                if name.endswith("bias"):
                    p -= lr * p.grad
    return losses
