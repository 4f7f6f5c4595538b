@torch.no_grad()
def linear_backward(x, weight, grad_out):
    grad_x = torch.mm(grad_out, weight)
    grad_weight = torch.mm(torch.transpose(grad_out, 0, 1), x)
    grad_bias = grad_out.sum(0, keepdim=True).squeeze(0)
    return grad_x, grad_weight, grad_bias
