# mistake: reshape-not-transpose
# note: the product the other way round, forced into shape

def linear_backward(x, weight, grad_out):
    grad_x = (weight.T @ grad_out.T).reshape(x.shape)
    return grad_x, grad_out.T @ x, grad_out.sum(0)
