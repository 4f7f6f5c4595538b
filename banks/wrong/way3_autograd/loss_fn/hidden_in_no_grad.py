# mistake: graph-cut
# note: recorder off for the hidden layer only, so w2 still learns

def loss_fn(x, y, w1, w2):
    with torch.no_grad():
        h_relu = x.mm(w1).clamp(min=0)
    y_pred = h_relu.mm(w2)
    return (y_pred - y).pow(2).sum()
