# mistake: weight-layout
# note: right in ways 1 to 3, where weights are stored (in, out)

def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = x.T @ grad_out
    grad_bias = grad_out.sum(0)
    return grad_x, grad_weight, grad_bias
