# mistake: loss-not-gradient
# note: the loss in place of its gradient, the rest is right


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = np.square(y_pred - y).sum()
    grad_w2 = h_relu.T @ (2 * (y_pred - y))
    grad_h_relu = 2 * (y_pred - y) @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
