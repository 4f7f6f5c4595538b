# mistake: none
# note: an axis of length 1 gets lost

def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return g1.squeeze(), g2.squeeze()
