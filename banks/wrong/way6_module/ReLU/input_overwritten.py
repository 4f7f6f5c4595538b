# mistake: h-overwritten
# note: forward writes into its input

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x > 0)
        x[x < 0] = 0
        return x.clone()

    @staticmethod
    def backward(ctx, grad_output):
        (on,) = ctx.saved_tensors
        return grad_output * on
