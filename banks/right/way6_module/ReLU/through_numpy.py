# note: NumPy inside, a mask on the context

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        array = h.detach().numpy()
        ctx.on = array > 0
        return torch.from_numpy(np.where(ctx.on, array, 0 * array))

    @staticmethod
    def backward(ctx, grad_h_relu):
        return grad_h_relu * torch.from_numpy(ctx.on)
