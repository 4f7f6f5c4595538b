# mistake: order-of-results
# note: the way PyTorch lists parameters, the input last

def linear_backward(x, weight, grad_out):
    return grad_out.T @ x, grad_out.sum(0), grad_out @ weight
