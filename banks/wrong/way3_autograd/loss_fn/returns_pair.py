# mistake: none
# note: the prediction as well

def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return y_pred, (y_pred - y).pow(2).sum()
