# mistake: global-not-argument
# note: the signature was renamed, the body was not

def linear_backward(inputs, weight, grad_out):
    grad_weight = grad_out.T @ x[: len(grad_out)]
    return grad_out @ weight, grad_weight, grad_out.sum(0)
