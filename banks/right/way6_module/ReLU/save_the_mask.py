class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        mask = h > 0
        ctx.save_for_backward(mask)
        return h * mask

    @staticmethod
    def backward(ctx, grad_h_relu):
        mask = ctx.saved_tensors[0]
        return grad_h_relu * mask
