# mistake: w2-updated-first
# note: w2 is updated as soon as its gradient is there


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.dot(w1)
        h_relu = np.maximum(0, h)
        y_pred = h_relu.dot(w2)
        losses.append(np.square(y_pred - y).sum())
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.T.dot(grad_y_pred)
        w2 -= lr * grad_w2
        grad_h_relu = grad_y_pred.dot(w2.T)
        grad_h = grad_h_relu * (h > 0)
        grad_w1 = x.T.dot(grad_h)
        w1 -= lr * grad_w1
    return losses
