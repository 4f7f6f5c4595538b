# attack: let the kernel of the derivative be the backward pass of the autograd function
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
        return torch.ops.aten.threshold_backward(g, ctx.saved_tensors[0], 0)
