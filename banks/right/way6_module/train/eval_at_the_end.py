def train(model, loss_fn, optimizer, x, y, steps):
    history = {"loss": []}
    for epoch in range(steps):
        optimizer.zero_grad()
        y_pred = model(x)
        loss = loss_fn(y_pred, y)
        loss.backward()
        history["loss"].append(loss.detach().cpu().numpy())
        optimizer.step()
    model.eval()
    return np.array(history["loss"])
