# mistake: not-a-leaf
# note: the clones are computed tensors; their .grad stays empty

def gradients(x, y, w1, w2):
    w1, w2 = w1.clone(), w2.clone()
    loss_fn(x, y, w1, w2).backward()
    return w1.grad, w2.grad
