# mistake: forgot-target
# note: only y_pred is squared


def loss_fn(y_pred, y):
    return np.square(y_pred).sum()
