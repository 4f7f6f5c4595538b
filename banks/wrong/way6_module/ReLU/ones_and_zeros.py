# mistake: upstream-gradient-ignored
# note: the same by indexing

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        grad_x = torch.ones_like(x)
        grad_x[x < 0] = 0
        return grad_x
