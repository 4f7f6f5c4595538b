# mistake: reshape-not-transpose
# note: another shape is not the same as swapped axes

def linear_backward(x, weight, grad_out):
    grad_weight = grad_out.reshape(grad_out.shape[1], grad_out.shape[0]) @ x
    return grad_out @ weight, grad_weight, grad_out.sum(0)
