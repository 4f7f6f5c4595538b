# mistake: order-of-results
# note: bias and weight swapped

def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.sum(0), grad_out.T @ x
