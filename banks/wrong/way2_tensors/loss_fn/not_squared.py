# mistake: not-squared
# note: pow(2) forgotten


def loss_fn(y_pred, y):
    return (y_pred - y).sum().item()
