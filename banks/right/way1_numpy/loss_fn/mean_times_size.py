# note: mean times number of entries


def loss_fn(y_pred, y):
    return ((y_pred - y) ** 2).mean() * y.size
