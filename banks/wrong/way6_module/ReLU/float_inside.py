# mistake: dtype-changed
# note: a conversion that worked in another lesson

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        h = h.float()
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)
