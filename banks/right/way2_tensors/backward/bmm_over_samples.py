# note: outer products of all samples, summed over the batch


def backward(x, y, w2, h, h_relu, y_pred):
    grad_y_pred = 2 * (y_pred - y)
    grad_w2 = torch.bmm(h_relu.unsqueeze(2), grad_y_pred.unsqueeze(1)).sum(dim=0)
    grad_h_relu = torch.nn.functional.linear(grad_y_pred, w2)
    grad_h = torch.mul(grad_h_relu, (h > 0).int())
    grad_w1 = torch.zeros(x.shape[1], h.shape[1], dtype=x.dtype, device=x.device)
    for sample, grad in zip(x, grad_h):
        grad_w1 += torch.outer(sample, grad)
    return grad_y_pred, grad_w2, grad_h_relu, grad_h, grad_w1
