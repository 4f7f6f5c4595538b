# mistake: array-not-tensor
# note: NumPy arrays

def linear_backward(x, weight, grad_out):
    x, weight, grad_out = (t.cpu().numpy() for t in (x, weight, grad_out))
    return grad_out @ weight, grad_out.T @ x, grad_out.sum(axis=0)
