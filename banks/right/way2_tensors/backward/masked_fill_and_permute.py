# note: masked_fill gives a new tensor, permute for the transposes


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = torch.sub(y_pred, y).mul(2)
    grad_w2 = h_relu.permute(1, 0).mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.permute(1, 0))
    grad_h = grad_h_relu.masked_fill(h <= 0, 0.0)
    grad_w1 = x.permute(1, 0).mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
