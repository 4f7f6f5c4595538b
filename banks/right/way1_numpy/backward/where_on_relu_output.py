# note: the mask read from h_relu > 0


def backward(x, y, w2, h, h_relu, y_pred):
    d = y_pred - y
    grad_y_pred = d + d
    grad_w2 = np.matmul(h_relu.T, grad_y_pred)
    grad_h_relu = np.matmul(grad_y_pred, w2.T)
    grad_h = np.where(h_relu > 0, grad_h_relu, 0)
    grad_w1 = np.matmul(x.T, grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
