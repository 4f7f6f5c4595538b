# mistake: zeroed-too-early
# note: zeroed, then looked at

def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    loss.backward()
    w1.grad.zero_()
    w2.grad.zero_()
    return w1.grad, w2.grad
