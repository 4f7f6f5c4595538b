# mistake: weight-layout
# outcome: crashed
# note: the forward formula has a T, so the backward one was given one too

def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight.T
    grad_weight = grad_out.T @ x
    grad_bias = grad_out.sum(0)
    return grad_x, grad_weight, grad_bias
