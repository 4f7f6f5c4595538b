# mistake: batch-axis-last
# note: one sample per column, as in another course


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((d_in, n))
    y = rng.standard_normal((d_out, n))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2
