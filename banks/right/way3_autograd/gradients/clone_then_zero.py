def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    loss.backward()
    grad_w1 = w1.grad.clone()
    grad_w2 = w2.grad.clone()
    w1.grad.zero_()
    w2.grad.zero_()
    return grad_w1, grad_w2
