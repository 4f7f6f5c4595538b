# mistake: inputs-changed
# note: out= one of the arguments


def loss_fn(y_pred, y):
    np.subtract(y_pred, y, out=y)
    np.square(y, out=y)
    return y.sum()
