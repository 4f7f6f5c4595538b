# attack: put autograd's engine aside before it can be guarded
# place: way2_tensors.backward
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch

run = torch.autograd.Variable._execution_engine.run_backward


def backward(x, y, w2, h, h_relu, y_pred):
    p = y_pred.detach().clone().requires_grad_()
    loss = (p - y).pow(2).sum()
    (g,) = run((loss,), (torch.ones_like(loss),), False, False, (p,), True, True)
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
