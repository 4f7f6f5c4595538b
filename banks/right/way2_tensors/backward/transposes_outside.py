# note: products turned round: results are not contiguous


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = -2 * (y - y_pred)
    grad_w2 = (grad_y_pred.t() @ h_relu).t()
    grad_h_relu = (w2 @ grad_y_pred.t()).t()
    grad_h = grad_h_relu.clone()
    grad_h[~(h > 0)] = 0
    grad_w1 = (grad_h.t() @ x).t()
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
