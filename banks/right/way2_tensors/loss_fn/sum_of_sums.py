# note: axis by axis, Python's sum at the end


def loss_fn(y_pred, y):
    squares = (y_pred - y) * (y_pred - y)
    return sum(row.sum().item() for row in squares)
