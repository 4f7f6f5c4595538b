# mistake: dtype-changed
# note: half of the digits, "for speed"

def train(x, y, w1, w2, lr, steps):
    x, y = x.astype(np.float32), y.astype(np.float32)
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1.astype(np.float32), w2.astype(np.float32))
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2.astype(np.float32), h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses
