# note: nothing from above: the loop of the original, with the right mask


def train(x, y, w1, w2, lr, steps):
    losses = []
    for _ in range(steps):
        h = x.dot(w1)
        h_relu = np.maximum(0, h)
        y_pred = h_relu.dot(w2)
        losses.append(np.square(y_pred - y).sum())
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.T.dot(grad_y_pred)
        grad_h = grad_y_pred.dot(w2.T)
        grad_h[h < 0] = 0
        grad_w1 = x.T.dot(grad_h)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
