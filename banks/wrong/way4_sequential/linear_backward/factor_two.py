# mistake: extra-factor-2
# note: the 2 of the loss once more; it is in grad_out already

def linear_backward(x, weight, grad_out):
    return 2 * grad_out @ weight, 2 * grad_out.T @ x, 2 * grad_out.sum(0)
