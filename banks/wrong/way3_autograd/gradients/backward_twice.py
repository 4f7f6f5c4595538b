# mistake: backward-twice
# outcome: crashed
# note: once for each weight: the graph is gone the second time

def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss = loss_fn(x, y, w1, w2)
    loss.backward()
    grad_w1 = w1.grad.clone()
    loss.backward()
    grad_w2 = w2.grad.clone()
    return grad_w1, grad_w2
