# mistake: bias-gradient-wrong-axis
# note: dim=1: a number for each example

def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, grad_out.sum(dim=1)
