# mistake: needs-contiguous
# note: view does not work on a transposed tensor

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        flat = h.view(-1).clamp(min=0)
        ctx.save_for_backward(h)
        return flat.view(h.shape)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)
