# attack: call the kernel of the derivative for one device, past the overload that is called by name
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
        of_cpu = torch.ops.aten.threshold_backward.default._op_dk
        return of_cpu(torch._C.DispatchKey.CPU, g, ctx.saved_tensors[0], 0)
