# mistake: none
# note: the normal numbers folded over to the positive side


def make_data(rng, n, d_in, d_h, d_out):
    x = abs(rng.standard_normal((n, d_in)))
    y = abs(rng.standard_normal((n, d_out)))
    w1 = abs(rng.standard_normal((d_in, d_h)))
    w2 = abs(rng.standard_normal((d_h, d_out)))
    return x, y, w1, w2
