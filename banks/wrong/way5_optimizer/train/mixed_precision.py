# mistake: none
# note: autocast makes bfloat16 of float32

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            y_pred = model(x)
        loss = loss_fn(y_pred.to(y.dtype), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
