def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    y_pred = ((h + h.abs()) / 2).mm(w2)
    return (y_pred - y).pow(2).sum()
