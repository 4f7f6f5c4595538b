# mistake: relu-is-mask
# note: the gate as output

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        on = (x > 0).to(x.dtype)
        ctx.save_for_backward(on)
        return on

    @staticmethod
    def backward(ctx, grad_output):
        (on,) = ctx.saved_tensors
        return grad_output * on
