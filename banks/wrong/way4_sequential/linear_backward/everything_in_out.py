# mistake: weight-layout
# outcome: crashed
# note: all formulas of the ways before, unchanged

def linear_backward(x, weight, grad_out):
    grad_x = grad_out.mm(weight.t())
    grad_weight = x.t().mm(grad_out)
    grad_bias = grad_out.sum(0)
    return grad_x, grad_weight, grad_bias
