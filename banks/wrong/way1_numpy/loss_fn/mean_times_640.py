# mistake: sizes-fixed
# note: 64 times 10 written in


def loss_fn(y_pred, y):
    return np.mean((y_pred - y) ** 2) * 640
