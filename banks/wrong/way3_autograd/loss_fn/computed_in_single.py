# mistake: dtype-changed
# note: half of the digits, "for speed"

def loss_fn(x, y, w1, w2):
    y_pred = x.float().mm(w1.float()).clamp(min=0).mm(w2.float()).to(y.dtype)
    loss = (y_pred - y).pow(2).sum()
    return loss
