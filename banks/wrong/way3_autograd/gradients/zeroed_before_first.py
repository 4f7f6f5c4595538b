# mistake: zeroed-before-first
# outcome: crashed
# note: there is no .grad yet when the function is called first

def gradients(x, y, w1, w2):
    w1.grad.zero_()
    w2.grad.zero_()
    loss_fn(x, y, w1, w2).backward()
    return w1.grad.clone(), w2.grad.clone()
