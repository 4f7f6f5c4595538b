# mistake: product-not-square
# outcome: crashed
# note: @ multiplies matrices, it does not square entries


def loss_fn(y_pred, y):
    d = y_pred - y
    return (d @ d).sum()
