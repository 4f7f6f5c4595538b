# mistake: returns-none
# note: computed and forgotten

def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = grad_out.T @ x
    grad_bias = grad_out.sum(0)
