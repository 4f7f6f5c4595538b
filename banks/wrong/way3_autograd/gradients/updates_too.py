# mistake: inputs-changed
# note: already takes the step

def gradients(x, y, w1, w2):
    g1, g2 = torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
    with torch.no_grad():
        w1 -= 1e-6 * g1
        w2 -= 1e-6 * g2
    return g1, g2
