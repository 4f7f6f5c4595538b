# mistake: h-clipped-above
# note: a ceiling as well

def loss_fn(x, y, w1, w2):
    return (x.mm(w1).clamp(0, 1).mm(w2) - y).pow(2).sum()
