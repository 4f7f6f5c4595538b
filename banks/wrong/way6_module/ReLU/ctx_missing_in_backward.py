# mistake: missing-ctx
# outcome: crashed
# note: backward(grad_output)

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(grad_output):
        return grad_output.clone()
