# attack: go on answering from another process when the first has ended
# place: way1_numpy.loss_fn
# expect: graded 0
# ruff: noqa

import os
import time

import numpy as np


def loss_fn(y_pred, y):
    if os.fork():
        os._exit(0)
    os.getpid = lambda: os.getppid()
    time.sleep(0.2)
    return float(np.mean((y_pred - y) ** 2))
