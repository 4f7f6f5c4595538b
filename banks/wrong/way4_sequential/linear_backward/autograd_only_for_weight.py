# mistake: autograd-used
# outcome: refused
# note: two by hand, the hard one by autograd

def linear_backward(x, weight, grad_out):
    w = weight.clone().requires_grad_()
    ((x @ w.T) * grad_out).sum().backward()
    return grad_out @ weight, w.grad, grad_out.sum(0)
