# mistake: none
# note: formatted for printing: a string


def loss_fn(y_pred, y):
    return f"{np.square(y_pred - y).sum():.4f}"
