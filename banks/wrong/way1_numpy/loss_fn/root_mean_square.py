# mistake: root-of-mean
# note: the RMSE of the statistics course


def loss_fn(y_pred, y):
    return np.sqrt(np.mean((y_pred - y) ** 2))
