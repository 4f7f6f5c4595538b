# note: a mask of whole numbers


def backward(x, y, w2, h, h_relu, y_pred):
    mask = (h > 0).astype(int)
    grad_y_pred = 2 * (y_pred - y)
    grad_h_relu = grad_y_pred.dot(w2.transpose())
    grad_h = (grad_h_relu * mask).astype(grad_h_relu.dtype)
    grad_w2 = np.transpose(h_relu).dot(grad_y_pred)
    grad_w1 = np.transpose(x).dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
