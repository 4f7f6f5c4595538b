# mistake: forward-in-no-grad
# outcome: crashed
# note: the decorator belongs to the update, not here

@torch.no_grad()
def gradients(x, y, w1, w2):
    return torch.autograd.grad(loss_fn(x, y, w1, w2), (w1, w2))
