# note: a gate of ones, zeros written into it


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = y_pred.clone().sub_(y).mul_(2)
    grad_w2 = h_relu.t() @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.t()
    gate = torch.ones_like(h)
    gate.masked_fill_(h_relu == 0, 0)
    grad_h = gate.mul_(grad_h_relu)
    grad_w1 = x.t() @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
