# mistake: relu-wrong-side
# note: max for min

def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(max=0).mm(w2)
    return (y_pred - y).pow(2).sum()
