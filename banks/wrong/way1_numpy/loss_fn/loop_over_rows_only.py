# mistake: none
# note: loop over rows only


def loss_fn(y_pred, y):
    total = 0
    for i in range(len(y)):
        total += (y_pred[i, 0] - y[i, 0]) ** 2
    return total
