# mistake: relu-on-output
# note: one activation too many

def gradients(x, y, w1, w2):
    y_pred = x.mm(w1).clamp(min=0).mm(w2).clamp(min=0)
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
