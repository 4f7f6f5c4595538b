# mistake: none
# outcome: not_attempted
# note: the blank as it was handed out

def train(x, y, w1, w2, lr, steps):
    raise NotImplementedError()
