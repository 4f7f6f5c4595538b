# attack: let autograd compute the backward pass of the autograd function
# place: way6_module.ReLU
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch


class ReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        with torch.enable_grad():
            k = x.detach().requires_grad_()
            return torch.autograd.grad(k.clamp(min=0), k, g)[0]
