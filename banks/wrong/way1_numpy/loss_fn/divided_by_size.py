# mistake: mean-not-sum
# note: summed, then divided by all entries


def loss_fn(y_pred, y):
    return np.square(y_pred - y).sum() / y.size
