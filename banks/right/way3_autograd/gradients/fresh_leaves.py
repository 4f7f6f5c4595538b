def gradients(x, y, w1, w2):
    a = w1.detach().clone().requires_grad_()
    b = w2.detach().clone().requires_grad_()
    loss_fn(x, y, a, b).backward()
    return a.grad, b.grad
