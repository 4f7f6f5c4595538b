# mistake: inputs-changed
# note: the loss is right, y_pred is spoiled


def loss_fn(y_pred, y):
    y_pred -= y
    return np.square(y_pred).sum()
