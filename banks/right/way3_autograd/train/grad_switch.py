def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        with torch.set_grad_enabled(True):
            loss = loss_fn(x, y, w1, w2)
        loss.backward()
        losses.append(loss.item())
        torch.set_grad_enabled(False)
        w1 -= lr * w1.grad
        w2 -= lr * w2.grad
        torch.set_grad_enabled(True)
        w1.grad = w2.grad = None
    return losses
