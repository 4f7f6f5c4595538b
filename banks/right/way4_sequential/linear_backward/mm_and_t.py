def linear_backward(x, weight, grad_out):
    grad_x = grad_out.mm(weight)
    grad_weight = grad_out.t().mm(x)
    grad_bias = torch.sum(grad_out, 0)
    return grad_x, grad_weight, grad_bias
