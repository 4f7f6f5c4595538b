# mistake: none
# note: three results

def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    g1, g2 = torch.autograd.grad(loss, (w1, w2))
    return loss, g1, g2
