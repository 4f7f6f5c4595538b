# mistake: square-of-sum
# note: the brackets in the wrong place


def loss_fn(y_pred, y):
    return np.sum(y_pred - y) ** 2
