# mistake: inputs-changed
# note: y holds the residual afterwards

def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    y -= y_pred
    return y.pow(2).sum()
