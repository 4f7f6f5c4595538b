# note: einsum for the products, the sign of h_relu for the gate


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = torch.einsum("nh,no->ho", h_relu, grad_y_pred)
    grad_h_relu = torch.einsum("no,ho->nh", grad_y_pred, w2)
    grad_h = grad_h_relu * torch.sign(h_relu)
    grad_w1 = torch.einsum("ni,nh->ih", x, grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
