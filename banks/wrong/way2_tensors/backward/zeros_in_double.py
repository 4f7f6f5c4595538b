# mistake: dtype-changed
# outcome: crashed
# note: zeros in double precision, whatever the inputs are

def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    zeros = torch.zeros(h.shape, dtype=torch.float64, device=h.device)
    grad_h = torch.where(h > 0, grad_h_relu, zeros)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
