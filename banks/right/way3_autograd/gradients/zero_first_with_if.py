# note: hands out the very tensors that .grad points to

def gradients(x, y, w1, w2):
    for w in (w1, w2):
        if w.grad is not None:
            w.grad.zero_()
    loss_fn(x, y, w1, w2).backward()
    return w1.grad, w2.grad
