# mistake: loss-not-scalar
# note: Python's sum adds rows, and a row is left


def loss_fn(y_pred, y):
    return sum((y_pred - y) ** 2)
