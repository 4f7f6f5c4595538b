# note: two loops over plain numbers


def loss_fn(y_pred, y):
    total = 0.0
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            difference = float(y_pred[i, j]) - float(y[i, j])
            total += difference**2
    return total
