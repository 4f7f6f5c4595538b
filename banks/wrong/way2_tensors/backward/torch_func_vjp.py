# mistake: autograd-used
# outcome: refused
# note: torch.func.vjp, autograd by another door


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    _, back_of_product = torch.func.vjp(torch.mm, h_relu, w2)
    grad_h_relu, grad_w2 = back_of_product(grad_y_pred)
    _, back_of_relu = torch.func.vjp(torch.relu, h)
    (grad_h,) = back_of_relu(grad_h_relu)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, x.t().mm(grad_h)
