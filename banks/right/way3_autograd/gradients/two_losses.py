def gradients(x, y, w1, w2):
    grad_w1 = torch.autograd.grad(loss_fn(x, y, w1, w2), w1)[0]
    grad_w2 = torch.autograd.grad(loss_fn(x, y, w1, w2), w2)[0]
    return grad_w1, grad_w2
