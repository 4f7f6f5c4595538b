# mistake: update-after-loop
# note: the update stands one indentation too far left

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        w1.grad = w2.grad = None
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
    with torch.no_grad():
        w1 -= lr * w1.grad
        w2 -= lr * w2.grad
    return losses
