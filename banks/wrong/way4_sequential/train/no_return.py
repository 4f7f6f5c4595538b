# mistake: returns-none
# note: printed instead

def train(model, loss_fn, x, y, lr, steps):
    for t in range(steps):
        loss = loss_fn(model(x), y)
        print(t, loss.item())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= lr * p.grad
