# mistake: absolute-not-squared
# note: L1


def loss_fn(y_pred, y):
    return (y_pred - y).abs().sum().item()
