# mistake: sizes-fixed
# outcome: crashed
# note: the notebook's sizes

def loss_fn(x, y, w1, w2):
    h = x.reshape(64, 1000).mm(w1)
    return (h.clamp(min=0).mm(w2).reshape(64, 10) - y).pow(2).sum()
