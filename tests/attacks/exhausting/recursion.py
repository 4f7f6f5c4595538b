# attack: recurse until the stack overflows
# place: way1_numpy.loss_fn
# rest: right
# expect: out_of_memory 18
# ruff: noqa

import sys

sys.setrecursionlimit(10**7)


def loss_fn(y_pred, y):
    def deeper(n):
        return deeper(n + 1) + 1 if n else deeper(1) + 1

    return deeper(0)
