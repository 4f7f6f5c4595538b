# mistake: graph-cut
# note: .data of w2 only

def loss_fn(x, y, w1, w2):
    return (x.mm(w1).clamp(min=0).mm(w2.data) - y).pow(2).sum()
