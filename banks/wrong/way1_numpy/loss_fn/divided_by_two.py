# mistake: half-loss
# note: divided by 2 inside the sum


def loss_fn(y_pred, y):
    return np.sum((y_pred - y) ** 2 / 2)
