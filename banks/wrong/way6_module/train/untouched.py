# mistake: none
# outcome: not_attempted
# note: the blank as it was handed out

def train(model, loss_fn, optimizer, x, y, steps):
    raise NotImplementedError()
