# mistake: backward-twice
# note: retain_graph=True silenced the error, both passes add up

def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss = loss_fn(x, y, w1, w2)
    loss.backward(retain_graph=True)
    grad_w1 = w1.grad
    loss.backward()
    grad_w2 = w2.grad
    return grad_w1, grad_w2
