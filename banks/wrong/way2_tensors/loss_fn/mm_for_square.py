# mistake: product-not-square
# outcome: crashed
# note: mm of the difference with itself


def loss_fn(y_pred, y):
    d = y_pred - y
    return d.mm(d).sum().item()
