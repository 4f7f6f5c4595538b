# attack: make an engine of its own from the type in C
# place: way2_tensors.backward
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch


def backward(x, y, w2, h, h_relu, y_pred):
    engine = type(torch.autograd.Variable._execution_engine)()
    p = y_pred.detach().clone().requires_grad_()
    loss = (p - y).pow(2).sum()
    (g,) = engine.run_backward((loss,), (torch.ones_like(loss),), False, False, (p,), True, True)
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
