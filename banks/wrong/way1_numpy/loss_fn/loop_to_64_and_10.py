# mistake: sizes-fixed
# outcome: crashed
# note: loops of fixed length


def loss_fn(y_pred, y):
    total = 0.0
    for i in range(64):
        for j in range(10):
            total += (y_pred[i, j] - y[i, j]) ** 2
    return total
