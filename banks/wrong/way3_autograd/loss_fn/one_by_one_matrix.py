# mistake: loss-not-scalar
# note: a 1 x 1 matrix is not a number

def loss_fn(x, y, w1, w2):
    d = (x.mm(w1).clamp(min=0).mm(w2) - y).reshape(1, -1)
    return d.mm(d.t())
