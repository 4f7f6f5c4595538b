# attack: let sympy work out the derivatives in the lesson that is to do without torch
# place: way1_numpy.backward
# expect: graded 0
# outcome: crashed
# ruff: noqa

import numpy as np


def backward(x, y, w2, h, h_relu, y_pred):
    from sympy import MatrixSymbol, Trace, diff, lambdify, symbols

    a, b = symbols("a b", real=True)
    g = lambdify((a, b), diff((a - b) ** 2, a))(y_pred, y)

    def slopes(x, w, g):
        X, W, G = MatrixSymbol("X", *x.shape), MatrixSymbol("W", *w.shape), MatrixSymbol("G", *g.shape)
        f = Trace(G.T * X * W)
        return [np.array(lambdify((X, W, G), f.diff(of))(x, w, g)) for of in (X, W)]

    gh, gw2 = slopes(h_relu, w2, g)
    gz = gh * (h > 0)
    return g, gw2, gh, gz, slopes(x, np.zeros((x.shape[1], h.shape[1])), gz)[1]
