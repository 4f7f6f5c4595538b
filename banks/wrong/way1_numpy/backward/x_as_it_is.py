# mistake: x-not-transposed
# outcome: crashed
# note: x in place of its transpose


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = x.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
