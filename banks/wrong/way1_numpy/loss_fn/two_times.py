# mistake: none
# note: two times


def loss_fn(y_pred, y):
    return 2 * np.sum((y_pred - y) ** 2)
