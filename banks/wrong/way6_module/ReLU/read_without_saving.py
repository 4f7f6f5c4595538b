# mistake: nothing-saved
# outcome: crashed
# note: an attribute that nobody set

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        h = ctx.h
        return grad_h_relu * (h > 0)
