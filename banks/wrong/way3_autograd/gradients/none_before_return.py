# mistake: zeroed-too-early
# note: the slots are emptied before they are read

def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    w1.grad = None
    w2.grad = None
    return w1.grad, w2.grad
