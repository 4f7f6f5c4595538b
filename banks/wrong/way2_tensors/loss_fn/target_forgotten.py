# mistake: forgot-target
# note: only y_pred


def loss_fn(y_pred, y):
    return y_pred.pow(2).sum().item()
