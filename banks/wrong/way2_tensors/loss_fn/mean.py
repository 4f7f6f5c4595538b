# mistake: mean-not-sum
# note: mean for sum


def loss_fn(y_pred, y):
    return (y_pred - y).pow(2).mean().item()
