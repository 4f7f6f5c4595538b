def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        w1.grad = None
        w2.grad = None
        loss = loss_fn(x, y, w1, w2)
        loss.backward()
        with torch.no_grad():
            w1.sub_(lr * w1.grad)
            w2.sub_(lr * w2.grad)
        losses.append(float(loss.detach()))
    return losses
