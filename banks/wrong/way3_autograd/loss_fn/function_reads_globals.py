# mistake: global-not-argument
# note: the small function takes the notebook's x and weights

def predict():
    return x.mm(w1).clamp(min=0).mm(w2)


def loss_fn(x, y, w1, w2):
    return (predict() - y).pow(2).sum()
