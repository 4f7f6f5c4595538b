
def linear_backward(x, weight, grad_out):
    grad_x = torch.addmm(torch.zeros_like(x), grad_out, weight)
    grad_weight = torch.addmm(torch.zeros_like(weight), grad_out.t(), x)
    grad_bias = torch.mv(grad_out.t(), grad_out.new_ones(len(grad_out)))
    return grad_x, grad_weight, grad_bias
