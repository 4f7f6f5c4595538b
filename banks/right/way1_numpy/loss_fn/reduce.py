# note: reduce


def loss_fn(y_pred, y):
    return np.add.reduce(np.power(y - y_pred, 2), axis=None)
