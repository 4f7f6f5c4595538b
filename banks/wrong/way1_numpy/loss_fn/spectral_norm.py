# mistake: spectral-norm
# note: norm(d, 2) of a table is its largest singular value


def loss_fn(y_pred, y):
    return np.linalg.norm(y_pred - y, 2) ** 2
