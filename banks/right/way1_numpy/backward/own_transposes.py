# note: own transposes


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = (grad_y_pred.T @ h_relu).T
    grad_h_relu = (w2 @ grad_y_pred.T).T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = (grad_h.T @ x).T
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
