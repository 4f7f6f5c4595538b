class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = torch.maximum(x, x.new_zeros(()))
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, g):
        (y,) = ctx.saved_tensors
        return torch.sign(y) * g
