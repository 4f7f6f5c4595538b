# mistake: weights-rebound
# note: w1 moves in place, w2 gets a new name

def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 = w2 - lr * g2
    return losses
