def linear_backward(x, weight, grad_out):
    grad_x = torch.tensordot(grad_out, weight, dims=1)
    grad_weight = torch.tensordot(grad_out, x, dims=([0], [0]))
    grad_bias = grad_out.cumsum(0)[-1]
    return [grad_x, grad_weight, grad_bias]
