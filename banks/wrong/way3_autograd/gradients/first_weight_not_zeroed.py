# mistake: one-not-zeroed
# note: copied the line and forgot to change the 1 into a 2 and back

def gradients(x, y, w1, w2):
    w2.grad = None
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.clone(), w2.grad.clone()
