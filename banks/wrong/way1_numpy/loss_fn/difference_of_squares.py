# mistake: difference-of-squares
# note: squared before subtracting


def loss_fn(y_pred, y):
    return np.sum(y_pred**2 - y**2)
