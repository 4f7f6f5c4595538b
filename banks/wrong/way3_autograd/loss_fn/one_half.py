# mistake: half-loss
# note: the convenient factor

def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return 0.5 * (y_pred - y).pow(2).sum()
