# mistake: root-of-loss
# note: to the power of one half at the end


def loss_fn(y_pred, y):
    squares = (y - y_pred) * (y - y_pred)
    return squares.sum() ** 0.5
