# mistake: sizes-fixed
# note: only the hidden size is a number


def make_data(rng, n, d_in, d_h, d_out):
    hidden = 100
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, hidden))
    w2 = rng.standard_normal((hidden, d_out))
    return x, y, w1, w2
