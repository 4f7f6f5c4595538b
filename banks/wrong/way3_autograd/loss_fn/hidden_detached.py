# mistake: graph-cut
# note: detached to be allowed to change it in place

def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h_relu = h.detach()
    h_relu[h_relu < 0] = 0
    y_pred = h_relu.mm(w2)
    return (y_pred - y).pow(2).sum()
