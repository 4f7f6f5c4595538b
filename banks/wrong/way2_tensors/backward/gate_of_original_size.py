# mistake: sizes-fixed
# note: a gate of N by D_H


def backward(x, y, w2, h, h_relu, y_pred):
    gate = torch.zeros(N, D_H, dtype=h.dtype, device=h.device)
    gate[h > 0] = 1
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    grad_h = grad_h_relu * gate
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
