# mistake: none
# note: the step, not the gradient

def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    return 1e-6 * g1, 1e-6 * g2
