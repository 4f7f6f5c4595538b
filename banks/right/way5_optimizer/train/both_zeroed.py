# note: model.zero_grad and optimizer.zero_grad, to be on the safe side

def train(model, loss_fn, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        model.zero_grad()
        optimizer.zero_grad()
        y_pred = model.forward(x)
        loss = loss_fn(y_pred, y)
        torch.autograd.backward(loss)
        optimizer.step()
        losses.append(loss.item())
    return losses
