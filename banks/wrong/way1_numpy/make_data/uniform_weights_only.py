# mistake: uniform-data
# note: the data are normal, the weights come from rng.random


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.random((d_in, d_h))
    w2 = rng.random((d_h, d_out))
    return x, y, w1, w2
