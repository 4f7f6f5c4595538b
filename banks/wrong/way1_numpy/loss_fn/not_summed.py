# mistake: loss-not-scalar
# note: all the squares, no sum


def loss_fn(y_pred, y):
    return np.square(y_pred - y)
