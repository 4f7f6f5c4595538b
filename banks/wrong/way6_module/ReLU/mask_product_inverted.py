# mistake: mask-inverted
# note: times (x < 0)

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.off = x < 0
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * ctx.off
