def linear_backward(x, weight, grad_out):
    grad_weight = torch.bmm(grad_out.unsqueeze(2), x.unsqueeze(1)).sum(0)
    grad_x = torch.matmul(grad_out, weight)
    grad_bias = grad_out.mean(0) * grad_out.size(0)
    return grad_x, grad_weight, grad_bias
