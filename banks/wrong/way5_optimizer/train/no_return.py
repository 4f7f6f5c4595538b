# mistake: returns-none
# note: printed instead

def train(model, loss_fn, optimizer, x, y, steps):
    for t in range(steps):
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        print(t, loss.item())
        loss.backward()
        optimizer.step()
