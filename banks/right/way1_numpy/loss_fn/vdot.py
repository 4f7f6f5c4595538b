# note: vdot flattens both


def loss_fn(y_pred, y):
    d = y_pred - y
    return np.vdot(d, d)
