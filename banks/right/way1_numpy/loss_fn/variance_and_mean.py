# note: variance and mean


def loss_fn(y_pred, y):
    d = y_pred - y
    return np.size(d) * (np.var(d) + np.mean(d) ** 2)
