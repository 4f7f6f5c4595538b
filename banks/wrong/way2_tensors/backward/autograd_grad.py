# mistake: autograd-used
# outcome: refused
# note: torch.autograd.grad for the ReLU only


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = h_relu.t().mm(grad_y_pred)
    grad_h_relu = grad_y_pred.mm(w2.t())
    before = h.detach().clone().requires_grad_(True)
    (grad_h,) = torch.autograd.grad(before.relu(), before, grad_outputs=grad_h_relu)
    grad_w1 = x.t().mm(grad_h)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
