# note: both factors in one einsum


def loss_fn(y_pred, y):
    difference = y - y_pred
    return np.einsum("ij,ij->", difference, difference)
