# mistake: none
# note: half mean


def loss_fn(y_pred, y):
    return np.mean((y_pred - y) ** 2) / 2
