# mistake: loss-not-scalar
# note: one loss for each output


def loss_fn(y_pred, y):
    return np.square(y_pred - y).sum(0)
