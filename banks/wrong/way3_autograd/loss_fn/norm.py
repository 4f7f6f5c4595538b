# mistake: root-of-loss
# note: the norm without its square

def loss_fn(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2)
    return torch.norm(y_pred - y)
