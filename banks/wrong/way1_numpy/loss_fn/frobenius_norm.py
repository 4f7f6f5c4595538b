# mistake: root-of-loss
# note: the norm


def loss_fn(y_pred, y):
    return np.linalg.norm(y_pred - y)
