# mistake: square-of-sum
# note: sum first, square afterwards


def loss_fn(y_pred, y):
    return (y_pred - y).sum().pow(2).item()
