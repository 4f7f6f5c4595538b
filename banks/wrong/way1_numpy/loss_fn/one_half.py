# mistake: half-loss
# note: the convenient half


def loss_fn(y_pred, y):
    return 0.5 * np.square(y_pred - y).sum()
