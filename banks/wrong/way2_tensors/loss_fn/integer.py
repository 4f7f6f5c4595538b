# mistake: rounded
# note: integer


def loss_fn(y_pred, y):
    return int((y_pred - y).pow(2).sum())
