# mistake: mean-not-sum
# note: loss and gradient averaged, at least they agree


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h, h_relu, y_pred = forward(x, w1, w2)
        losses.append(np.mean((y_pred - y) ** 2))
        grad_y_pred = 2 * (y_pred - y) / y.size
        grad_w2 = h_relu.T @ grad_y_pred
        grad_w1 = x.T @ ((grad_y_pred @ w2.T) * (h > 0))
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
