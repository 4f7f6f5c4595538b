# mistake: root-of-loss
# note: math sqrt


def loss_fn(y_pred, y):
    import math

    return math.sqrt(np.sum((y_pred - y) ** 2))
