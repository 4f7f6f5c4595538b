# mistake: reshape-not-transpose
# note: made the shape fit with reshape

def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = (x.T @ grad_out).reshape(weight.shape)
    grad_bias = grad_out.sum(0)
    return grad_x, grad_weight, grad_bias
