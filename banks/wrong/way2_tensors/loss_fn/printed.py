# mistake: returns-none
# note: printed


def loss_fn(y_pred, y):
    print((y_pred - y).pow(2).sum().item())
