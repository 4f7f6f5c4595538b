# mistake: weights-zeroed
# note: the same through .data

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn(x, y, w1, w2)
        losses.append(loss.item())
        loss.backward()
        w1.data -= lr * w1.grad
        w2.data -= lr * w2.grad
        w1.data.zero_()
        w2.data.zero_()
    return losses
