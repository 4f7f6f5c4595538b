# mistake: relu-on-input
# note: before the first product

def loss_fn(x, y, w1, w2):
    y_pred = torch.relu(x).mm(w1).mm(w2)
    return (y_pred - y).pow(2).sum()
