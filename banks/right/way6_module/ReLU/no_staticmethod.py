# note: the decorator left out: torch calls the functions on the class all the same

class ReLU(torch.autograd.Function):
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return torch.clamp(h, min=0)

    def backward(ctx, grad_h_relu):
        h, = ctx.saved_tensors
        grad_h = grad_h_relu.clone()
        grad_h[h <= 0] = 0
        return grad_h
