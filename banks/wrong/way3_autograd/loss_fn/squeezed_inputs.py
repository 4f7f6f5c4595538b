# mistake: none
# outcome: crashed
# note: squeeze takes away every axis of length 1

def loss_fn(x, y, w1, w2):
    y_pred = x.squeeze().mm(w1).clamp(min=0).mm(w2)
    loss = (y_pred - y).pow(2).sum()
    return loss
