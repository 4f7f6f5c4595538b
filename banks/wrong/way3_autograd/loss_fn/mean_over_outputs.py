# mistake: output-mean
# note: averaged over the outputs

def loss_fn(x, y, w1, w2):
    d = x.mm(w1).clamp(min=0).mm(w2) - y
    return d.pow(2).mean(dim=1).sum()
