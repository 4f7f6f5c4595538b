# mistake: not-squared
# note: pow result not kept


def loss_fn(y_pred, y):
    d = y_pred - y
    d.pow(2)
    return d.sum().item()
