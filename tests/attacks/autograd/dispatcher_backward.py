# attack: take the backward operator from the dispatcher, and dispatch it anew
# place: way2_tensors.backward
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch


def backward(x, y, w2, h, h_relu, y_pred):
    p = y_pred.detach().clone().requires_grad_()
    op = torch._C._dispatch_find_schema_or_throw("aten::_backward", "")
    keys = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)
    op.redispatch_boxed(keys, (p - y).pow(2).sum(), [p], None, False, False)
    g = p.grad
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
