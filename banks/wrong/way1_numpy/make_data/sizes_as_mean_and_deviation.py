# mistake: shape-not-tuple
# note: sizes taken for mean and deviation: four single numbers


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.normal(n, d_in)
    y = rng.normal(n, d_out)
    w1 = rng.normal(d_in, d_h)
    w2 = rng.normal(d_h, d_out)
    return x, y, w1, w2
