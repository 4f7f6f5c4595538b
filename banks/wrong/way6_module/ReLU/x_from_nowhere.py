# mistake: global-not-argument
# note: backward reads the notebook's x

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        grad_h = grad_output.clone()
        grad_h[(x[: len(grad_h), : grad_h.shape[1]] > 0).logical_not()] = 0
        return grad_h
