# attack: an answer that does not come; the other answers are right
# place: way1_numpy.loss_fn
# rest: right
# expect: graded 18
# ruff: noqa

import time


def loss_fn(y_pred, y):
    time.sleep(60)
