# mistake: uphill
# note: add_ with a positive alpha


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(loss_fn(y_pred, y))
        grads = backward(x, y, w2, h, h_relu, y_pred)
        w1.add_(grads[4], alpha=lr)
        w2.add_(grads[1], alpha=lr)
    return losses
