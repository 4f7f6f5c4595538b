# mistake: root-of-loss
# note: one root too many


def loss_fn(y_pred, y):
    return np.sqrt(np.sum((y_pred - y) ** 2))
