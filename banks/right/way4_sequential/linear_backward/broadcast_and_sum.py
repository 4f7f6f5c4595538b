def linear_backward(x, weight, grad_out):
    grad_x = (grad_out[:, :, None] * weight[None, :, :]).sum(1)
    grad_weight = (grad_out[:, :, None] * x[:, None, :]).sum(0)
    return grad_x, grad_weight, grad_out.sum(0)
