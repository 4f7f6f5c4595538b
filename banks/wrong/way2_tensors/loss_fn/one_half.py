# mistake: half-loss
# note: the convenient half


def loss_fn(y_pred, y):
    return 0.5 * (y_pred - y).pow(2).sum().item()
