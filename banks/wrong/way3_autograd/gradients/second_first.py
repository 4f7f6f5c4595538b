# mistake: order-of-results
# note: in the order of the way back

def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    return torch.autograd.grad(loss, (w2, w1))
