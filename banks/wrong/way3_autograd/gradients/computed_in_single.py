# mistake: dtype-changed
# note: half of the digits, "for speed"

def gradients(x, y, w1, w2):
    y_pred = x.float().mm(w1.float()).clamp(min=0).mm(w2.float()).to(y.dtype)
    loss = (y_pred - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
