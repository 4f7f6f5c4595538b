# mistake: inputs-changed
# note: sub_ writes into y_pred


def loss_fn(y_pred, y):
    return y_pred.sub_(y).pow(2).sum().item()
