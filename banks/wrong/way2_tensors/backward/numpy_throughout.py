# mistake: array-not-tensor
# note: computed and returned in NumPy


def backward(x, y, w2, h, h_relu, y_pred):
    x, y, w2, h, h_relu, y_pred = [t.cpu().numpy() for t in (x, y, w2, h, h_relu, y_pred)]
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.T.dot(grad_y_pred)
    grad_h_relu = grad_y_pred.dot(w2.T)
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T.dot(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
