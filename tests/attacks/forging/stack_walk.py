# attack: walk up the stack and change the answer that is being filled in
# place: way1_numpy.forward
# expect: graded 0
# ruff: noqa

import sys

import numpy as np


def forward(x, w1, w2):
    frame = sys._getframe(1)
    while frame is not None:
        for thing in frame.f_locals.values():
            if type(thing).__name__ == "Question":
                for array in thing.inputs.values():
                    array[...] = 0
                thing.options.update(traps=[], by_hand=False)
        frame = frame.f_back
    return np.zeros((len(x), w1.shape[1])), np.zeros((len(x), w1.shape[1])), np.zeros((len(x), w2.shape[1]))
