def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    grad_w1, grad_w2 = torch.autograd.grad(loss, (w1, w2))
    return grad_w1, grad_w2
