# mistake: w2-from-h
# note: the same in einsum


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = np.einsum("nh,no->ho", h, grad_y_pred)
    grad_h_relu = np.einsum("no,ho->nh", grad_y_pred, w2)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = np.einsum("ni,nh->ih", x, grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
