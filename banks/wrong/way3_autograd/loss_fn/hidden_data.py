# mistake: graph-cut
# note: .data on the way

def loss_fn(x, y, w1, w2):
    h_relu = x.mm(w1).data.clamp(min=0)
    return (h_relu.mm(w2) - y).pow(2).sum()
