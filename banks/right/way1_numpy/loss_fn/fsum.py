# note: summed exactly by math.fsum

import math


def loss_fn(y_pred, y):
    return math.fsum(((y_pred - y) ** 2).ravel().tolist())
