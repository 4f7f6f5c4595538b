def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        losses.append(loss.item())
        w1.data -= lr * w1.grad
        w2.data -= lr * w2.grad
        w1.grad.data.zero_()
        w2.grad.data.zero_()
    return losses
