# mistake: factors-swapped
# outcome: crashed
# note: gradient times input transposed


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = grad_y_pred.mm(h_relu.t())
    grad_h_relu = w2.t().mm(grad_y_pred)
    grad_h = grad_h_relu.clone()
    grad_h[h < 0] = 0
    grad_w1 = grad_h.mm(x.t())
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
