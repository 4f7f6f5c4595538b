# mistake: absolute-value
# note: flipped instead of silenced

def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).abs().mm(w2)
    return (y_pred - y).pow(2).sum()
