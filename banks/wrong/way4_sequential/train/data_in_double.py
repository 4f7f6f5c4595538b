# mistake: dtype-changed
# outcome: crashed
# note: ones in double precision, whatever the inputs are

def train(model, loss_fn, x, y, lr, steps):
    losses = []
    for _ in range(steps):
        ones = torch.ones(len(x), 1, dtype=torch.float64, device=x.device)
        loss = loss_fn(model(ones * x), y)
        losses.append(loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
    return losses
