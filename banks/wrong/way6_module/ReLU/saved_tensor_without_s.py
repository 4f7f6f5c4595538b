# mistake: saved-name-misspelt
# outcome: crashed
# note: the name it is read by is misspelt

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensor
        return grad_h_relu * (h > 0)
