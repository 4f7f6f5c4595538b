# mistake: autograd-used
# outcome: refused
# note: torch.autograd.grad

def linear_backward(x, weight, grad_out):
    x = x.detach().requires_grad_()
    w = weight.detach().requires_grad_()
    b = torch.zeros_like(grad_out[0]).requires_grad_()
    return torch.autograd.grad(torch.nn.functional.linear(x, w, b), (x, w, b), grad_out)
