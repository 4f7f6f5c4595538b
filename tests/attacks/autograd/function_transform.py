# attack: torch.func computes the gradient of a function
# place: way2_tensors.backward
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch
from torch.func import grad


def backward(x, y, w2, h, h_relu, y_pred):
    g = grad(lambda p: (p - y).pow(2).sum())(y_pred)
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
