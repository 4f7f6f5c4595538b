# mistake: sign-flipped
# note: a minus, as if it were a score to be made large


def loss_fn(y_pred, y):
    return -np.sum((y_pred - y) ** 2)
