# attack: crash the interpreter
# place: way1_numpy.backward
# rest: right
# expect: graded 12
# ruff: noqa

import ctypes


def backward(x, y, w2, h, h_relu, y_pred):
    ctypes.string_at(0)
