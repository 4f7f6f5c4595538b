def loss_fn(x, y, w1, w2):
    h = x.mm(w1)
    h_relu = h.clone()
    h_relu[h < 0] = 0
    y_pred = h_relu.mm(w2)
    return (y_pred - y).pow(2).sum()
