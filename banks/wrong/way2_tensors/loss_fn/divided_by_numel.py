# mistake: mean-not-sum
# note: summed, then divided by all entries


def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).sum().item() / y.numel()
