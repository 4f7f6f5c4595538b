# mistake: leaky-relu
# note: right forward, a small slope below zero on the way back

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        return torch.where(h > 0, grad_h_relu, 0.01 * grad_h_relu)
