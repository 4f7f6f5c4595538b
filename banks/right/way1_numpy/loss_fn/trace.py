# note: trace of d.T @ d


def loss_fn(y_pred, y):
    d = y_pred - y
    return np.trace(d.T @ d)
