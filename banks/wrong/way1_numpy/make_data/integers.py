# mistake: none
# note: integers


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.integers(0, 2, (n, d_in))
    y = rng.integers(0, 2, (n, d_out))
    w1 = rng.integers(0, 2, (d_in, d_h))
    w2 = rng.integers(0, 2, (d_h, d_out))
    return x, y, w1, w2
