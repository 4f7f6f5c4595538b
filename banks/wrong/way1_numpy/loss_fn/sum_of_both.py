# mistake: plus-target
# note: plus for minus


def loss_fn(y_pred, y):
    return np.square(y_pred + y).sum()
