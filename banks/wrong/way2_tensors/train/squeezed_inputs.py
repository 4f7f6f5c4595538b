# mistake: none
# outcome: crashed
# note: squeeze takes away every axis of length 1

def train(x, y, w1, w2, lr, steps):
    x = x.squeeze()
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        _, g2, _, _, g1 = backward(x, y, w2, h, h_relu, y_pred)
        w1 -= lr * g1
        w2 -= lr * g2
    return losses
