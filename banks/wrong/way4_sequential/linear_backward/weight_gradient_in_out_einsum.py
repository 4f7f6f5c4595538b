# mistake: weight-layout
# note: the same through einsum

def linear_backward(x, weight, grad_out):
    grad_weight = torch.einsum("ni,no->io", x, grad_out)
    return grad_out.mm(weight), grad_weight, grad_out.sum(dim=0)
