# mistake: none
# note: the prediction, not the loss

def loss_fn(x, y, w1, w2):
    return x.mm(w1).clamp(min=0).mm(w2)
