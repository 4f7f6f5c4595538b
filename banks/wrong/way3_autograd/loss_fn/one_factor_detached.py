# mistake: graph-cut
# note: the square as a product with a detached copy: half the gradient

def loss_fn(x, y, w1, w2):
    d = x.mm(w1).clamp(min=0).mm(w2) - y
    return (d * d.detach()).sum()
