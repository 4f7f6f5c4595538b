# mistake: graph-cut
# note: w1 learns right, w2 half as much

def loss_fn(x, y, w1, w2):
    h_relu = x.mm(w1).clamp(min=0)
    d = h_relu.mm(w2) - y
    e = h_relu.mm(w2.detach()) - y
    return (d * e).sum()
