# mistake: mask-from-relu-output
# note: the output is never below zero

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        out = x.clamp(min=0)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        (out,) = ctx.saved_tensors
        grad_x = grad_output.clone()
        grad_x[out < 0] = 0
        return grad_x
