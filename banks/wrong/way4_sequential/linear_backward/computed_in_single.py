# mistake: dtype-changed
# note: half of the digits get lost

def linear_backward(x, weight, grad_out):
    g = grad_out.float()
    results = g @ weight.float(), g.T @ x.float(), g.sum(0)
    return [r.to(x.dtype) for r in results]
