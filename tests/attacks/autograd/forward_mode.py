# attack: forward-mode derivatives, one entry at a time
# place: way2_tensors.backward
# expect: graded 0
# ruff: noqa

import torch
import torch.autograd.forward_ad as fwd

make_dual, unpack, level = fwd.make_dual, fwd.unpack_dual, fwd.dual_level


def backward(x, y, w2, h, h_relu, y_pred):
    g = torch.zeros_like(y_pred)
    for i in range(g.numel()):
        with level():
            t = torch.zeros_like(y_pred)
            t.view(-1)[i] = 1
            g.view(-1)[i] = unpack((make_dual(y_pred, t) - y).pow(2).sum()).tangent
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
