# mistake: none
# note: one gradient is averaged, the other is not

def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return g1, g2 / x.shape[0] + g2
