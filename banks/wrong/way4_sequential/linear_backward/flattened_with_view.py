# mistake: needs-contiguous
# note: view wants its numbers in one row in memory

def linear_backward(x, weight, grad_out):
    n = len(x)
    rows = x.view(-1).view(n, -1)
    return grad_out @ weight, grad_out.T @ rows, grad_out.sum(0)
