# mistake: saved-tensors-tuple
# outcome: crashed
# note: a tuple of one tensor is still a tuple

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        h = ctx.saved_tensors
        return grad_h_relu * (h > 0)
