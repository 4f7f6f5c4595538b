# mistake: loss-not-scalar
# note: d.T @ d without its trace


def loss_fn(y_pred, y):
    d = y_pred - y
    return d.T @ d
