# mistake: mean-not-sum
# note: the mean squared error


def loss_fn(y_pred, y):
    return np.mean((y_pred - y) ** 2)
