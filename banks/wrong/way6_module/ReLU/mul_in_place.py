# mistake: alias-not-copy
# note: mul_ with an underscore

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x > 0)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        (on,) = ctx.saved_tensors
        return grad_output.mul_(on)
