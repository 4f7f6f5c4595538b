# mistake: dtype-changed
# outcome: crashed
# note: room in double precision, whatever the inputs are

def linear_backward(x, weight, grad_out):
    grad_weight = torch.zeros(weight.shape, dtype=torch.float64, device=x.device)
    torch.mm(grad_out.T, x, out=grad_weight)
    return grad_out @ weight, grad_weight, grad_out.sum(0)
