# mistake: relu-capped or none
# note: clamp on both sides


class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(0, 20)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)
