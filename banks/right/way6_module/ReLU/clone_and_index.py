class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        h_relu = x.clone()
        h_relu[x < 0] = 0.0
        return h_relu

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        grad_x = torch.zeros_like(grad_output)
        grad_x[x > 0] = grad_output[x > 0]
        return grad_x
