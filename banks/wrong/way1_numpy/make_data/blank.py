# mistake: none
# outcome: not_attempted
# note: untouched


def make_data(rng, n, d_in, d_h, d_out):
    # YOUR CODE HERE
    raise NotImplementedError()
