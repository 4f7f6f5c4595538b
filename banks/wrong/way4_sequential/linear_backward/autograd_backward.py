# mistake: autograd-used
# outcome: refused
# note: autograd does the work

def linear_backward(x, weight, grad_out):
    x = x.detach().clone().requires_grad_()
    w = weight.detach().clone().requires_grad_()
    b = torch.zeros(weight.shape[0], dtype=x.dtype, device=x.device, requires_grad=True)
    out = x @ w.T + b
    out.backward(grad_out)
    return x.grad, w.grad, b.grad
