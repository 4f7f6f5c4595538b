# attack: record the graph, then call its nodes one by one without the engine
# place: way2_tensors.backward
# expect: graded 0
# ruff: noqa

import torch


def backward(x, y, w2, h, h_relu, y_pred):
    with torch.enable_grad():
        p = y_pred.detach().clone().requires_grad_()
        square = (p - y).pow(2)
        g = square.grad_fn(torch.ones_like(y))
    g = g[0] if isinstance(g, tuple) else g
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
