# mistake: bias-gradient-not-summed
# note: times the derivative 1, and nothing more

def linear_backward(x, weight, grad_out):
    grad_bias = grad_out * torch.ones_like(grad_out)
    return grad_out.mm(weight), grad_out.t().mm(x), grad_bias
