# mistake: other-activation
# note: the activation of older books

def loss_fn(x, y, w1, w2):
    return (torch.sigmoid(x.mm(w1)).mm(w2) - y).pow(2).sum()
