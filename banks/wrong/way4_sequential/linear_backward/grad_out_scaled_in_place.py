# mistake: inputs-changed
# note: right numbers; grad_out is changed on the way

def linear_backward(x, weight, grad_out):
    grad_x = grad_out @ weight
    grad_weight = grad_out.T @ x
    grad_out[0] = grad_out.sum(0)
    return grad_x, grad_weight, grad_out[0].clone()
