# attack: an answer of a gigabyte that takes no memory before it is copied
# place: way1_numpy.forward
# expect: graded 0
# ruff: noqa

import numpy as np


def forward(x, w1, w2):
    huge = np.broadcast_to(np.float64(1), (2**27,))
    return huge, huge, huge
