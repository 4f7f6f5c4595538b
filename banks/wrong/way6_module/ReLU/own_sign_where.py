# mistake: mask-from-gradient-sign
# note: the same with where

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.relu(x)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return torch.where(grad_output > 0, grad_output, torch.zeros_like(x))
