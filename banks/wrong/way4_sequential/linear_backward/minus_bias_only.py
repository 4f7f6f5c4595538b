# mistake: sign-flipped
# note: one minus sign, because one goes downhill later

def linear_backward(x, weight, grad_out):
    return grad_out @ weight, grad_out.T @ x, -grad_out.sum(0)
