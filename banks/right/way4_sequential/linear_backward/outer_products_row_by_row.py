def linear_backward(x, weight, grad_out):
    grad_x = torch.zeros_like(x)
    grad_weight = torch.zeros_like(weight)
    grad_bias = torch.zeros(weight.shape[0], dtype=weight.dtype, device=weight.device)
    for i in range(x.shape[0]):
        grad_x[i] = weight.t() @ grad_out[i]
        grad_weight += torch.outer(grad_out[i], x[i])
        grad_bias += grad_out[i]
    return grad_x, grad_weight, grad_bias
