# mistake: x-not-transposed
# outcome: crashed
# note: everything in one line

def linear_backward(x, weight, grad_out):
    return torch.mm(grad_out, weight), torch.mm(grad_out, x.t()), grad_out.sum(0)
