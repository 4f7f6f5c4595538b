# mistake: bias-gradient-mean
# note: summed, then divided by n

def linear_backward(x, weight, grad_out):
    n = x.shape[0]
    grad_x = torch.mm(grad_out, weight)
    grad_weight = torch.mm(grad_out.t(), x)
    grad_bias = torch.sum(grad_out, dim=0) / n
    return grad_x, grad_weight, grad_bias
