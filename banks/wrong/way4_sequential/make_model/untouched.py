# mistake: none
# outcome: not_attempted
# note: the blank as it was handed out

def make_model(d_in, d_h, d_out):
    raise NotImplementedError()
