# mistake: rounded
# note: a whole number looks tidier


def loss_fn(y_pred, y):
    return int(np.square(y_pred - y).sum())
