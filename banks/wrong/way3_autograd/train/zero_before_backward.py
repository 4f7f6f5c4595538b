# mistake: zeroed-before-first
# outcome: crashed
# note: forward first, then zeroing, then backward

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        for w in (w1, w2):
            w.grad.data.zero_()
        loss.backward()
        for w in (w1, w2):
            w.data -= lr * w.grad.data
    return losses
