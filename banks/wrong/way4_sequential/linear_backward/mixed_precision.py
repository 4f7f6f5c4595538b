# mistake: none
# note: autocast makes bfloat16 of float32

def linear_backward(x, weight, grad_out):
    with torch.autocast(x.device.type, dtype=torch.bfloat16):
        grad_x, grad_weight = grad_out @ weight, grad_out.T @ x
    return grad_x.to(x.dtype), grad_weight.to(x.dtype), grad_out.sum(0)
