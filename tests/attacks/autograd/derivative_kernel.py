# attack: let the kernels that autograd is made of compute the derivatives
# place: way2_tensors.backward
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch


def backward(x, y, w2, h, h_relu, y_pred):
    g = torch.ops.aten.mse_loss_backward(torch.ones((), dtype=y.dtype), y_pred, y, 2)
    grad_h_relu = g @ w2.t()
    grad_h = torch.ops.aten.threshold_backward(grad_h_relu, h, 0)
    return g, h_relu.t() @ g, grad_h_relu, grad_h, x.t() @ grad_h
