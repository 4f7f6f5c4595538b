# mistake: doubled-not-squared
# note: * 2 in place of ** 2


def loss_fn(y_pred, y):
    return np.sum((y_pred - y) * 2)
