def loss_fn(x, y, w1, w2):
    d = x.mm(w1).clamp(0).mm(w2) - y
    return torch.trace(d.t().mm(d))
