# attack: load torch's own modules once more, unguarded
# place: way2_tensors.backward
# expect: graded 0
# ruff: noqa

import importlib
import sys

import torch


def backward(x, y, w2, h, h_relu, y_pred):
    for name in [n for n in sys.modules if n.startswith("torch.autograd")]:
        importlib.reload(sys.modules[name])
    p = y_pred.detach().clone().requires_grad_()
    (p - y).pow(2).sum().backward()
    g = p.grad
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
