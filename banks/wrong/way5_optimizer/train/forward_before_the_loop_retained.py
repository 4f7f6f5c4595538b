# mistake: forward-outside-loop
# outcome: crashed
# note: retain_graph=True: torch notices that the weights have changed since

def train(model, loss_fn, optimizer, x, y, steps):
    y_pred = model(x)
    losses = []
    for _ in range(steps):
        loss = loss_fn(y_pred, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward(retain_graph=True)
        optimizer.step()
    return losses
