# mistake: absolute-not-squared
# note: mean absolute


def loss_fn(y_pred, y):
    return np.abs(y_pred - y).mean()
