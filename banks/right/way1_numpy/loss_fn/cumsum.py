# note: cumsum


def loss_fn(y_pred, y):
    return np.cumsum((y_pred - y) ** 2)[-1]
