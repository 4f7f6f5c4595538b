# note: the difference times itself, in a copy changed in place


def loss_fn(y_pred, y):
    d = y_pred.copy()
    d -= y
    d *= d
    return np.add.reduce(d, axis=None)
