# attack: hand back arrays that only broadcast to the right shape, and empty ones
# place: way1_numpy.forward
# expect: graded 0
# ruff: noqa

import numpy as np


def forward(x, w1, w2):
    return np.zeros((0, w1.shape[1])), np.zeros((1, 1)), np.zeros(())
