# mistake: loss-not-scalar
# note: mean over columns


def loss_fn(y_pred, y):
    return np.mean((y_pred - y) ** 2, axis=0)
