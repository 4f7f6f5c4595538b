# attack: hand back NaN, for which no comparison finds a difference
# place: way1_numpy.backward
# expect: graded 0
# ruff: noqa

import numpy as np


def backward(x, y, w2, h, h_relu, y_pred):
    full = [np.full(s, np.nan) for s in (y_pred.shape, w2.shape, h.shape, h.shape, (x.shape[1], h.shape[1]))]
    return tuple(full)
