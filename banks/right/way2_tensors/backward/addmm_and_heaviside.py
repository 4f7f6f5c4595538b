# note: addmm onto zeros, the gate by heaviside


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = torch.add(y_pred, y, alpha=-1) * 2
    grad_w2 = torch.addmm(torch.zeros_like(w2), h_relu.t(), grad_y_pred)
    grad_h_relu = grad_y_pred.matmul(w2.transpose(0, 1))
    gate = torch.heaviside(h, torch.zeros((), dtype=h.dtype, device=h.device))
    grad_h = gate * grad_h_relu
    grad_w1 = torch.transpose(x, 0, 1) @ grad_h
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
