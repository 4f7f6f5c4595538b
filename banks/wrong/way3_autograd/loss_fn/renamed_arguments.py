# mistake: global-not-argument
# note: one name of the body was not renamed with the signature

def loss_fn(inputs, targets, w1, w2):
    y_pred = inputs.mm(w1).clamp(min=0).mm(w2)
    return (y_pred - y).pow(2).sum()
