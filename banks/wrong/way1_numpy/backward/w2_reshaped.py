# mistake: reshape-not-transpose
# note: w2.reshape has the shape of w2.T


def backward(x, y, w2, h, h_relu, y_pred):
    d_h, d_out = w2.shape
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.reshape(d_out, d_h)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
