# mistake: saved-name-misspelt
# outcome: crashed
# note: saved as an attribute, read from saved_tensors

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.h = h
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return grad_h_relu * (h > 0)
