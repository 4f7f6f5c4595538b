# mistake: needs-contiguous
# note: writing to .shape is possible only for numbers in one row in memory

def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu.copy()
    off = np.array(h < 0)
    off.shape = -1
    grad_h.ravel()[off] = 0
    grad_w1 = x.T @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
