# mistake: never-zeroed
# note: the two last lines are never reached

def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.detach().clone(), w2.grad.detach().clone()
    w1.grad.zero_()
    w2.grad.zero_()
