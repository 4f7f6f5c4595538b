# note: np.inner multiplies along the last axis of both


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = np.inner(h_relu.T, grad_y_pred.T)
    grad_h_relu = np.inner(grad_y_pred, w2)
    grad_h = np.array(grad_h_relu)
    np.putmask(grad_h, h <= 0, 0)
    grad_w1 = np.inner(x.T, grad_h.T)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
