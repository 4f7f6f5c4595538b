# note: tolist of scalar


def loss_fn(y_pred, y):
    return (y_pred - y).square().sum().tolist()
