# mistake: zeroed-too-early
# note: two names, one tensor: what is returned has been zeroed

def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    grad_w1 = w1.grad
    grad_w2 = w2.grad
    w1.grad.zero_()
    w2.grad.zero_()
    return grad_w1, grad_w2
