# mistake: loss-not-scalar
# outcome: crashed
# note: item of all the squares


def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).item()
