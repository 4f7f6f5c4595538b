# mistake: returns-none
# note: backward() itself returns nothing

def gradients(x, y, w1, w2):
    return loss_fn(x, y, w1, w2).backward()
