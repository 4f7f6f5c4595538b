# mistake: none
# note: a slip: the power 3


def loss_fn(y_pred, y):
    return np.sum(np.abs(y_pred - y) ** 3)
