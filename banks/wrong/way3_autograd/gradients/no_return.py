# mistake: returns-none
# note: thought that .grad is answer enough

def gradients(x, y, w1, w2):
    w1.grad = w2.grad = None
    loss_fn(x, y, w1, w2).backward()
