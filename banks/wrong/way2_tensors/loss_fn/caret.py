# mistake: caret-not-power
# outcome: crashed
# note: the caret


def loss_fn(y_pred, y):
    return ((y_pred - y) ^ 2).sum().item()
