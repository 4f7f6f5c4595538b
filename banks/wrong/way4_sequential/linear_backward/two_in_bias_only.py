# mistake: extra-factor-2
# note: the 2 of the loss once more

def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, 2 * grad_out.sum(0)
