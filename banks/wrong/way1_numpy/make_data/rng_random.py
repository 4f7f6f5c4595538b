# mistake: uniform-data
# note: rng.random is the new name of rand


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.random((n, d_in))
    y = rng.random((n, d_out))
    w1 = rng.random((d_in, d_h))
    w2 = rng.random((d_h, d_out))
    return x, y, w1, w2
