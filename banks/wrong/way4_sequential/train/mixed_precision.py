# mistake: none
# note: autocast makes bfloat16 of float32

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y_pred = model(x)
        loss = loss_fn(y_pred.to(y.dtype), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
