# mistake: inputs-changed
# note: y pred changed


def loss_fn(y_pred, y):
    y_pred -= y
    y_pred **= 2
    return y_pred.sum()
