# mistake: loss-not-scalar
# outcome: crashed
# note: float of array


def loss_fn(y_pred, y):
    return float((y_pred - y) ** 2)
