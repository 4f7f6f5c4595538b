# mistake: not-squared
# note: the square is forgotten


def loss_fn(y_pred, y):
    return np.sum(y_pred - y)
