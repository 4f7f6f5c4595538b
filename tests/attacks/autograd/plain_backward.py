# attack: call backward() as the third way does
# place: way2_tensors.backward
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch


def backward(x, y, w2, h, h_relu, y_pred):
    p = y_pred.detach().clone().requires_grad_()
    (p - y).pow(2).sum().backward()
    g = p.grad
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
