# mistake: x-not-transposed
# outcome: crashed
# note: the batch axis does not meet itself

def linear_backward(x, weight, grad_out):
    grad_weight = grad_out @ x
    return grad_out @ weight, grad_weight, grad_out.sum(0)
