# mistake: relu-is-mask
# note: kept who is on, not how strongly

def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h_relu = (h > 0).to(h.dtype)
    return (h_relu.mm(w2) - y).pow(2).sum()
