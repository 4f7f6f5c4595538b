# mistake: loss-not-scalar
# note: keepdims leaves a table of one row and one column


def loss_fn(y_pred, y):
    return np.sum((y_pred - y) ** 2, keepdims=True)
