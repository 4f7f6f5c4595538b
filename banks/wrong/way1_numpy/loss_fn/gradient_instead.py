# mistake: loss-not-scalar
# note: gradient instead


def loss_fn(y_pred, y):
    return 2 * (y_pred - y)
