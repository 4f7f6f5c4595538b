# mistake: nothing-saved
# outcome: crashed
# note: the first of an empty tuple

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        x = ctx.saved_tensors[0]
        return torch.where(x > 0, grad_output, torch.zeros_like(grad_output))
