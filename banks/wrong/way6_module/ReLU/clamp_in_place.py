# mistake: h-overwritten
# note: clamp_ with an underscore

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        out = x.clamp_(min=0).clone()
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        (out,) = ctx.saved_tensors
        return grad_output * (out > 0)
