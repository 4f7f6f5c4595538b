# mistake: caret-not-power
# outcome: crashed
# note: the caret is not a power in Python


def loss_fn(y_pred, y):
    return ((y_pred - y) ^ 2).sum()
