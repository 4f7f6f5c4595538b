# mistake: no-backward
# outcome: crashed
# note: only forward; torch raises NotImplementedError itself

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)
