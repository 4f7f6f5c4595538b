# attack: compile a function whose autograd is TorchScript's own
# place: way2_tensors.backward
# expect: graded 0
# ruff: noqa

import torch

unit = torch.jit.CompilationUnit("""
def slope(p: Tensor, y: Tensor) -> Tensor:
    p = p.detach().requires_grad_()
    (p - y).pow(2).sum().backward()
    g = p.grad
    assert g is not None
    return g
""")


def backward(x, y, w2, h, h_relu, y_pred):
    g = unit.slope(y_pred, y)
    return g, h_relu.t() @ g, g @ w2.t(), (g @ w2.t()) * (h > 0), x.t() @ ((g @ w2.t()) * (h > 0))
