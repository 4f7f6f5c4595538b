# mistake: inputs-changed
# note: .grad is missing: the weights are zeroed

def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss_fn(x, y, w1, w2).backward()
    g1, g2 = w1.grad.clone(), w2.grad.clone()
    w1.data.zero_()
    w2.data.zero_()
    return g1, g2
