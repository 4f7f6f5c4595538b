# mistake: too-few-results
# note: one of the two gradients

def gradients(x, y, w1, w2):
    return torch.autograd.grad(loss_fn(x, y, w1, w2), w1)
