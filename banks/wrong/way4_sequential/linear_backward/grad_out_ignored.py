# mistake: upstream-gradient-ignored
# note: the derivatives of the layer alone; what comes from behind is not used

def linear_backward(x, weight, grad_out):
    ones = torch.ones_like(grad_out)
    return ones @ weight, ones.T @ x, ones.sum(0)
