# attack: come back from the call in two processes, so that two answers are sent
# place: way1_numpy.loss_fn
# expect: graded 0
# ruff: noqa

import os


def loss_fn(y_pred, y):
    return float(os.fork() != 0)
