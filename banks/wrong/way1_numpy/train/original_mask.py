# mistake: mask-from-gradient-sign
# note: the original's loop, word for word


def train(x, y, w1, w2, lr, steps):
    losses = []
    for i in range(steps):
        h = x.dot(w1)
        h_relu = np.maximum(0, h)
        y_pred = h_relu.dot(w2)
        loss = np.square(y_pred - y).sum()
        losses.append(loss)
        grad_y_pred = 2 * (y_pred - y)
        grad_w2 = h_relu.T.dot(grad_y_pred)
        grad_h_relu = grad_y_pred.dot(w2.T)
        grad_h = grad_h_relu.copy()
        grad_h[grad_h < 0] = 0
        grad_w1 = x.T.dot(grad_h)
        w1 -= lr * grad_w1
        w2 -= lr * grad_w2
    return losses
