from torch.autograd import Function
from torch.autograd.function import once_differentiable


class ReLU(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x > 0)
        return x.clamp_min(0)

    @staticmethod
    @once_differentiable
    def backward(ctx, grad_output):
        on, = ctx.saved_tensors
        grad_input = grad_output.clone()
        grad_input.mul_(on)
        return grad_input
