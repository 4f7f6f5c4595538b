# mistake: none
# note: sum mean axis


def loss_fn(y_pred, y):
    return ((y_pred - y) ** 2).mean(axis=1).sum()
