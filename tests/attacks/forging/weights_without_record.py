# attack: plain random numbers whose process says of them that they record
# place: way3_autograd.make_weights
# expect: graded 0
# outcome: fail
# ruff: noqa

import dataclasses
import sys

import torch


def forged(describe):
    def lie(thing):
        value = describe(thing)
        return dataclasses.replace(value, requires_grad=True, is_leaf=True) if value.kind == "tensor" else value

    return lie


for name, module in list(sys.modules.items()):
    if name.startswith("course.runner") and hasattr(module, "describe"):
        module.describe = forged(module.describe)


def make_weights(d_in, d_h, d_out, dtype, device):
    return torch.randn(d_in, d_h, dtype=dtype, device=device), torch.randn(d_h, d_out, dtype=dtype, device=device)
