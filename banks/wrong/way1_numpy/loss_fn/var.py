# mistake: none
# note: var


def loss_fn(y_pred, y):
    return np.var(y_pred - y) * y.size
