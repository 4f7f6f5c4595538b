def gradients(x, y, w1, w2):
    loss, pull_back = torch.func.vjp(lambda a, b: loss_fn(x, y, a, b), w1.detach(), w2.detach())
    return pull_back(torch.ones_like(loss))
