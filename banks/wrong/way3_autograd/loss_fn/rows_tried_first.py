# mistake: none
# note: a slice left over from trying things out: only the first ten examples

def loss_fn(x, y, w1, w2):
    y_pred = x[:10].mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y[:10]).pow(2).sum()
    return loss
