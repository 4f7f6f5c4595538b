# mistake: graph-cut
# outcome: crashed
# note: the copies do not record

def gradients(x, y, w1, w2):
    a, b = w1.detach().clone(), w2.detach().clone()
    loss_fn(x, y, a, b).backward()
    return a.grad, b.grad
