# mistake: dtype-changed
# note: half of the digits, "for speed"

def train(x, y, w1, w2, lr, steps):
    x, y = x.float(), y.float()
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1.float(), w2.float())
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2.float(), h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses
