# mistake: never-zeroed
# note: the parentheses of zero_ are missing

def gradients(x, y, w1, w2):
    loss_fn(x, y, w1, w2).backward()
    grad_w1, grad_w2 = w1.grad.clone(), w2.grad.clone()
    w1.grad.zero_
    w2.grad.zero_
    return grad_w1, grad_w2
