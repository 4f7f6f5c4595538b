# mistake: none
# note: autograd does not see the activation: only w1 is wrong

def gradients(x, y, w1, w2):
    h = x.mm(w1)
    h.data.clamp_(min=0)
    loss = (h.mm(w2) - y).pow(2).sum()
    return torch.autograd.grad(loss, (w1, w2))
