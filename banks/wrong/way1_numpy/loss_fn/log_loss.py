# mistake: none
# note: log loss


def loss_fn(y_pred, y):
    return np.log(np.sum((y_pred - y) ** 2))
