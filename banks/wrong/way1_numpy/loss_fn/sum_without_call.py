# mistake: call-missing
# note: .sum without brackets is the method itself


def loss_fn(y_pred, y):
    return np.square(y_pred - y).sum
