# mistake: array-not-tensor
# note: the gradients as arrays

def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.numpy().copy(), w2.grad.numpy().copy()
