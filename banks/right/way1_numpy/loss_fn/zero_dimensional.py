# note: a 0-d array


def loss_fn(y_pred, y):
    return np.asarray(np.sum((y_pred - y) ** 2))
