def train(x, y, w1, w2, lr, steps):
    losses = np.zeros(steps)
    for i in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses[i] = loss.item()
        loss.backward()
        with torch.no_grad():
            w1[:] = w1 - lr * w1.grad
            w2[:] = w2 - lr * w2.grad
        w1.grad, w2.grad = None, None
    return losses
