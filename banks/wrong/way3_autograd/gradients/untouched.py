# mistake: none
# outcome: not_attempted
# note: the blank as it was handed out

def gradients(x, y, w1, w2):
    raise NotImplementedError()
