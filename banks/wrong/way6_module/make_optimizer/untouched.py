# mistake: none
# outcome: not_attempted
# note: the blank as it was handed out

def make_optimizer(model, lr):
    raise NotImplementedError()
