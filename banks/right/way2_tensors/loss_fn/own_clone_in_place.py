# note: in-place operations on a clone


def loss_fn(y_pred, y):
    d = y_pred.clone()
    d.sub_(y).pow_(2)
    return d.sum(dim=(0, 1)).item()
