# note: diag of product


def loss_fn(y_pred, y):
    d = y_pred - y
    return np.diag(d @ d.T).sum()
