# attack: hand back an array that says it is equal to everything and near to everything
# place: way1_numpy.forward
# expect: graded 0
# ruff: noqa

import numpy as np


class Agreeable(np.ndarray):
    def __eq__(self, other):
        return np.True_

    def __sub__(self, other):
        return np.zeros(self.shape)

    def __rsub__(self, other):
        return np.zeros(self.shape)

    def __array_ufunc__(self, *args, **kwargs):
        return np.zeros(self.shape)

    def __array_function__(self, *args, **kwargs):
        return True


def forward(x, w1, w2):
    h = np.zeros((len(x), w1.shape[1])).view(Agreeable)
    return h, h, np.zeros((len(x), w2.shape[1])).view(Agreeable)
