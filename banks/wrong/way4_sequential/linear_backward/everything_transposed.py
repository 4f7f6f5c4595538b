# mistake: gradient-transposed
# note: all three on their side

def linear_backward(x, weight, grad_out):
    return (grad_out @ weight).T, (grad_out.T @ x).T, grad_out.sum(0)[:, None]
