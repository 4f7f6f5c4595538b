# mistake: rounded
# note: integer division


def loss_fn(y_pred, y):
    return np.sum((y_pred - y) ** 2) // 1
