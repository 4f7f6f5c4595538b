# mistake: rounded
# note: two digits are enough to look at


def loss_fn(y_pred, y):
    return round(float(np.square(y_pred - y).sum()), 2)
