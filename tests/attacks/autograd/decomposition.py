# attack: let torch's formulas in Python compute the derivatives
# place: way2_tensors.backward
# expect: graded 0
# ruff: noqa

import torch
import torch._decomp.decompositions as formulas


def backward(x, y, w2, h, h_relu, y_pred):
    g = formulas.mse_loss_backward(torch.ones((), dtype=y.dtype), y_pred, y, 2)
    grad_h_relu = g @ w2.t()
    grad_h = formulas.threshold_backward(grad_h_relu, h, 0)
    return g, h_relu.t() @ g, grad_h_relu, grad_h, x.t() @ grad_h
