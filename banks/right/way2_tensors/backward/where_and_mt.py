# note: torch.where on h_relu, .mT for the transposes


def backward(x, y, w2, h, h_relu, y_pred):
    d = y_pred - y
    grad_y_pred = d + d
    grad_w2 = torch.matmul(h_relu.mT, grad_y_pred)
    grad_h_relu = torch.matmul(grad_y_pred, w2.mT)
    grad_h = torch.where(h_relu > 0, grad_h_relu, torch.zeros_like(h))
    grad_w1 = torch.matmul(x.mT, grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
