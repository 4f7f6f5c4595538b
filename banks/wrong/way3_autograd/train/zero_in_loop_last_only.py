# mistake: one-not-zeroed
# note: the zeroing line stands behind the inner loop and sees only the last weight

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= lr * w.grad
            w.grad.zero_()
    return losses
