# mistake: none
# note: tolist


def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).tolist()
