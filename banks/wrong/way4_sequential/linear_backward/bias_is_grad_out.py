# mistake: bias-gradient-not-summed
# note: one gradient for every example

def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = grad_out.T @ x
    grad_bias = grad_out
    return grad_x, grad_weight, grad_bias
