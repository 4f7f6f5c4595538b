# mistake: none
# outcome: not_attempted
# note: untouched


def forward(x, w1, w2):
    # YOUR CODE HERE
    raise NotImplementedError()
