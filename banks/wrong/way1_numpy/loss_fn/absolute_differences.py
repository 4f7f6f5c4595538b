# mistake: absolute-not-squared
# note: sizes of the differences


def loss_fn(y_pred, y):
    return np.abs(y_pred - y).sum()
