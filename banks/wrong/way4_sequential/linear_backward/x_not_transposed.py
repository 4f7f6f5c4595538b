# mistake: x-not-transposed
# outcome: crashed
# note: no transpose anywhere

def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = x @ grad_out
    grad_bias = grad_out.sum(0)
    return grad_x, grad_weight, grad_bias
