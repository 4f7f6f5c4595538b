# mistake: rounded
# note: two digits


def loss_fn(y_pred, y):
    return round((y_pred - y).pow(2).sum().item(), 2)
