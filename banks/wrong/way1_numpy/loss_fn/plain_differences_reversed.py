# mistake: not-squared
# note: y - y_pred, summed


def loss_fn(y_pred, y):
    total = 0.0
    for difference in (y - y_pred).ravel():
        total += difference
    return total
