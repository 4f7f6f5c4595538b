# mistake: batch-mean
# note: all parameters divided by n

def linear_backward(x, weight, grad_out):
    n = x.shape[0]
    return grad_out @ weight / n, grad_out.T @ x / n, grad_out.sum(0) / n
