# mistake: autograd-used
# outcome: refused
# note: autograd computes the backward pass

class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h):
        ctx.save_for_backward(h)
        return h.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_h_relu):
        (h,) = ctx.saved_tensors
        with torch.enable_grad():
            a = h.detach().requires_grad_()
            return torch.autograd.grad(torch.relu(a), a, grad_h_relu)[0]
