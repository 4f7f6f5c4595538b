# mistake: nothing-saved
# outcome: crashed
# note: ctx.x was never set

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output * (ctx.x > 0)
