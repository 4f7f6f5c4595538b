# mistake: global-not-argument
# note: the function for w1 reads the notebook's x


def gradient_of_w1(grad_h):
    return x.T.dot(grad_h)


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * (h > 0)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, gradient_of_w1(grad_h)
