# mistake: none
# note: tuple of loss


def loss_fn(y_pred, y):
    return (np.sum((y_pred - y) ** 2),)
