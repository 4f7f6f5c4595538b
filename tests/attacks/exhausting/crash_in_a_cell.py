# attack: crash the interpreter while the cell runs
# place: way1_numpy.loss_fn
# rest: right
# expect: crashed 18
# ruff: noqa

import ctypes

ctypes.string_at(0)
