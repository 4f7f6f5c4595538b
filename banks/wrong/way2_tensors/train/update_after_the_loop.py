# mistake: update-after-loop
# note: update lines not indented


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        grads = backward(x, y, w2, h, h_relu, y_pred)
    w1 -= lr * grads[4]
    w2 -= lr * grads[1]
    return losses
