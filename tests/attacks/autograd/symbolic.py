# attack: let sympy, which comes with torch, work out the derivatives of matrices
# place: way4_sequential.linear_backward
# expect: graded 0
# outcome: refused
# ruff: noqa

import torch
from sympy import MatrixSymbol, Trace, lambdify


def linear_backward(x, weight, grad_out):
    n, k = x.shape
    m = len(weight)
    X, W, G = MatrixSymbol("X", n, k), MatrixSymbol("W", m, k), MatrixSymbol("G", n, m)
    B, O = MatrixSymbol("B", 1, m), MatrixSymbol("O", n, 1)
    f = Trace(G.T * (X * W.T + O * B))
    given = x.numpy(), weight.numpy(), grad_out.numpy(), torch.ones(n, 1, dtype=x.dtype).numpy()
    grad_x, grad_weight, grad_bias = (torch.tensor(lambdify((X, W, G, O), f.diff(of))(*given)) for of in (X, W, B))
    return grad_x, grad_weight, grad_bias.reshape(-1)
