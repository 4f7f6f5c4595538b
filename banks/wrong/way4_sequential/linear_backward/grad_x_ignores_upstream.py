# mistake: upstream-gradient-ignored
# note: the derivative of the layer with respect to x is its weight

def linear_backward(x, weight, grad_out):
    return weight, grad_out.T @ x, grad_out.sum(0)
