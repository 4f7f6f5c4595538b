# mistake: never-zeroed
# note: right the first time, twice as much the second

def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2)
    loss.backward()
    return w1.grad, w2.grad
