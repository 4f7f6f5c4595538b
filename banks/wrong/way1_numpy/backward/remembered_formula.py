# mistake: factors-swapped
# outcome: crashed
# note: the formula of the book: gradient times input transposed


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred.dot(h_relu.T)
    grad_h_relu = w2.T.dot(grad_y_pred)
    grad_h = grad_h_relu.copy()
    grad_h[h < 0] = 0
    grad_w1 = grad_h.dot(x.T)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
