# attack: an answer that takes two gigabytes; the other answers are right
# place: way1_numpy.loss_fn
# rest: right
# expect: out_of_memory 18
# ruff: noqa


def loss_fn(y_pred, y):
    blocks = []
    for _ in range(64):
        blocks.append(bytearray(32 * 2**20))
    return 0.0
