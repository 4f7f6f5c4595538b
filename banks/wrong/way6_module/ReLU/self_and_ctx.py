# mistake: missing-ctx
# outcome: crashed
# note: self in front of ctx

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(self, ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(self, ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * (x > 0)
