# mistake: none
# outcome: not_attempted
# note: untouched


def make_data(n, d_in, d_h, d_out, dtype, device):
    # YOUR CODE HERE
    raise NotImplementedError()
