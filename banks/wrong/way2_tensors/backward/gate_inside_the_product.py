# mistake: no-mask
# note: the gate is computed inside the last product, and the gradient before it handed back

def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_w1 = x.t().mm(grad_h_relu * (h > 0))
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
