def linear_backward(x, weight, grad_out):
    grad_x = sum(grad_out[:, o : o + 1] * weight[o] for o in range(weight.shape[0]))
    grad_weight = torch.stack([x.t() @ grad_out[:, o] for o in range(weight.shape[0])])
    grad_bias = torch.stack([column.sum() for column in grad_out.t()])
    return grad_x, grad_weight, grad_bias
