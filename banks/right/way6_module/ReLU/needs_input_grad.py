class ReLU(torch.autograd.Function):
    """Rectified linear unit."""

    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return (input + input.abs()) / 2

    @staticmethod
    def backward(ctx, grad_output):
        if not ctx.needs_input_grad[0]:
            return None
        input, = ctx.saved_tensors
        return grad_output * ~(input <= 0)
