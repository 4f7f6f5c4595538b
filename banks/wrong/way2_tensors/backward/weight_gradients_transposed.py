# mistake: gradient-transposed
# note: both weights in the layout of nn.Linear


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred.t().mm(h_relu)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = grad_h.t().mm(x)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
