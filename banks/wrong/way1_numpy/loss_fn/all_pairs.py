# mistake: product-not-square
# note: the shapes fit with .T, but every sample meets every other


def loss_fn(y_pred, y):
    d = y_pred - y
    return np.sum(d @ d.T)
