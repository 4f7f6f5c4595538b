# mistake: bias-gradient-ones
# note: "the derivative of + b is 1"

def linear_backward(x, weight, grad_out):
    grad_bias = torch.ones(weight.shape[0], dtype=weight.dtype, device=weight.device)
    return grad_out @ weight, grad_out.T @ x, grad_bias
