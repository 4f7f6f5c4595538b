# mistake: old-random-name
# outcome: crashed
# note: the old name called on the new object


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.randn(n, d_in)
    y = rng.randn(n, d_out)
    w1 = rng.randn(d_in, d_h)
    w2 = rng.randn(d_h, d_out)
    return x, y, w1, w2
