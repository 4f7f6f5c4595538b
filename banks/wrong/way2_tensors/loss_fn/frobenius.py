# mistake: root-of-loss
# note: the norm


def loss_fn(y_pred, y):
    return (y_pred - y).norm().item()
