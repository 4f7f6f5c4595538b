# attack: replace the guard that watches for autograd
# place: way2_tensors.backward
# expect: graded 0
# outcome: refused
# ruff: noqa

import contextlib
import sys

import torch

for name, module in list(sys.modules.items()):
    if name.startswith("course.runner") and hasattr(module, "no_autograd"):
        module.no_autograd = lambda: contextlib.nullcontext([])


def backward(x, y, w2, h, h_relu, y_pred):
    p = y_pred.detach().clone().requires_grad_()
    (p - y).pow(2).sum().backward()
    g = p.grad
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
