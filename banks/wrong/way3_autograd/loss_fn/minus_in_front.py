# mistake: sign-flipped
# note: a score, not a loss

def loss_fn(x, y, w1, w2):
    d = x.mm(w1).clamp(min=0).mm(w2) - y
    return -(d * d).sum()
