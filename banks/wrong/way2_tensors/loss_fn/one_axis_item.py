# mistake: loss-not-scalar
# outcome: crashed
# note: a vector cannot be an item


def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).sum(0).item()
