# mistake: absolute-not-squared
# note: a root of every square: the absolute value again


def loss_fn(y_pred, y):
    return np.sqrt((y_pred - y) ** 2).sum()
