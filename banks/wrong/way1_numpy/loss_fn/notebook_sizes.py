# mistake: sizes-fixed
# note: notebook sizes


def loss_fn(y_pred, y):
    return np.mean((y_pred - y) ** 2) * N * D_OUT
