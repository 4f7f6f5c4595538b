# mistake: loss-is-a-number
# outcome: crashed
# note: a float has no backward

def gradients(x, y, w1, w2):
    loss = loss_fn(x, y, w1, w2).item()
    loss.backward()
    return w1.grad, w2.grad
