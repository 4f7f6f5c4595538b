# mistake: product-order
# outcome: crashed
# note: as a linear layer does it

def loss_fn(x, y, w1, w2):
    return (x.mm(w1.t()).clamp(min=0).mm(w2.t()) - y).pow(2).sum()
