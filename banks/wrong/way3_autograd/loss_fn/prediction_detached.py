# mistake: graph-cut
# note: cut behind the prediction: no weight gets anything

def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2).detach()
    return (y_pred - y).pow(2).sum()
