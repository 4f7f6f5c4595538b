
def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    return list(torch.autograd.grad(loss, [w1, w2]))
