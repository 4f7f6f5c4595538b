# mistake: product-not-square
# note: with .t() the shapes fit, the meaning does not


def loss_fn(y_pred, y):
    d = y_pred - y
    return d.mm(d.t()).sum().item()
