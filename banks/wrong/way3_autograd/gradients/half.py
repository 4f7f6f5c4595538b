# mistake: half-loss
# note: the convenient factor in an own loss

def gradients(x, y, w1, w2):
    loss = 0.5 * (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
