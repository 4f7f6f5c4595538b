# mistake: needs-contiguous
# note: view wants its numbers in one row in memory; reshape does not

def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu.clone()
    grad_h.view(-1)[h.view(-1) < 0] = 0
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
