# mistake: returns-none
# note: printed instead

def train(model, loss_fn, optimizer, x, y, steps):
    for i in range(steps):
        loss = loss_fn(model(x), y)
        print(i, loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
