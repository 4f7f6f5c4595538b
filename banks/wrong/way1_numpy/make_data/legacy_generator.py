# mistake: rng-ignored
# note: a generator of the old kind, made inside


def make_data(rng, n, d_in, d_h, d_out):
    rng = np.random.RandomState(0)
    x = rng.randn(n, d_in)
    y = rng.randn(n, d_out)
    w1 = rng.randn(d_in, d_h)
    w2 = rng.randn(d_h, d_out)
    return x, y, w1, w2
