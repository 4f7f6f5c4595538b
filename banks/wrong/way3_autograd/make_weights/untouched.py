# mistake: none
# outcome: not_attempted
# note: the blank as it was handed out

def make_weights(d_in, d_h, d_out, dtype, device):
    raise NotImplementedError()
