# mistake: needs-contiguous
# note: writing to .shape is possible only for numbers in one row in memory

def loss_fn(y_pred, y):
    d = y_pred - y
    d.shape = -1
    return float(d @ d)
