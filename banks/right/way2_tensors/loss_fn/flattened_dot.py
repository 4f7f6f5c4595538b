# note: dot of the flat difference with itself


def loss_fn(y_pred, y):
    d = (y_pred - y).reshape(-1)
    return d.dot(d).item()
