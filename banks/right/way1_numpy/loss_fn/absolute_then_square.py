# note: the size of the difference first: squaring loses the sign anyway


def loss_fn(y_pred, y):
    return (abs(y_pred - y) ** 2).sum().item()
