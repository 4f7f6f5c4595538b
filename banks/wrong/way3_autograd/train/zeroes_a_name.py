# mistake: never-zeroed
# note: a local name is set to None, the slot stays full

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                g = w.grad
                w -= lr * g
                g = None
    return losses
