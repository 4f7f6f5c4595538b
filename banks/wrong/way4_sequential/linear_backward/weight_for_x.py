# mistake: product-order
# outcome: crashed
# note: weight and x mixed up in the last product

def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ weight, grad_out.sum(0)
