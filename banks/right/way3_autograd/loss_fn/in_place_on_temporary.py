# note: clamp_ changes a tensor of its own, autograd knows

def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h.clamp_(min=0)
    y_pred = h.mm(w2)
    y_pred -= y
    return y_pred.pow(2).sum()
