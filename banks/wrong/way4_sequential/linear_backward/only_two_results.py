# mistake: too-few-results
# note: the bias was forgotten altogether

def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x
