# mistake: backward-not-called
# note: nobody filled the slots

def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    return w1.grad, w2.grad
