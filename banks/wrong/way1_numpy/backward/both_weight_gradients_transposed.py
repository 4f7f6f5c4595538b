# mistake: gradient-transposed
# note: both the other way round


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w2 = np.einsum("no,nh->oh", grad_y_pred, h_relu)
    grad_w1 = np.einsum("nh,ni->hi", grad_h, x)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
