# note: the mask itself is detached: it is a constant, the path through h stays

def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    gate = (h.detach() > 0).to(h.dtype)
    y_pred = (h * gate).mm(w2)
    return (y_pred - y).pow(2).sum()
