# mistake: none
# outcome: not_attempted
# note: the blank as it was handed out

def train(model, loss_fn, x, y, lr, steps):
    raise NotImplementedError()
