# mistake: graph-cut
# note: the ReLU is written into .data: the value is right, autograd knows nothing of it

def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h.data[h.data < 0] = 0
    return (h.mm(w2) - y).pow(2).sum()
