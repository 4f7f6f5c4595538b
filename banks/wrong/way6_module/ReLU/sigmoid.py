# mistake: other-activation
# note: the function of the example in the manual

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        out = torch.sigmoid(h)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        (out,) = ctx.saved_tensors
        return grad_output * out * (1 - out)
