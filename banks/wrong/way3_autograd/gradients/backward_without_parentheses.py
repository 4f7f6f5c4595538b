# mistake: backward-not-called
# note: the method is named, not called

def gradients(x, y, w1, w2):
    w1.grad = None
    w2.grad = None
    loss = loss_fn(x, y, w1, w2)
    loss.backward
    return w1.grad, w2.grad
