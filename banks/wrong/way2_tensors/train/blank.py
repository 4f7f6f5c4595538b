# mistake: none
# outcome: not_attempted
# note: untouched


def train(x, y, w1, w2, lr, steps):
    # YOUR CODE HERE
    raise NotImplementedError()
