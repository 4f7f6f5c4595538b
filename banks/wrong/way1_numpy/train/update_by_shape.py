# mistake: needs-contiguous
# note: reshape of what is not in one row in memory is a copy: the update goes into the copy

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1.reshape(-1)[:] -= lr * g1.reshape(-1)
        w2.reshape(-1)[:] -= lr * g2.reshape(-1)
    return losses
