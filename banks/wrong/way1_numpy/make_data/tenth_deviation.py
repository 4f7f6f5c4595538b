# mistake: data-scaled
# note: tenth deviation


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.normal(0, 0.1, (n, d_in))
    y = rng.normal(0, 0.1, (n, d_out))
    w1 = rng.normal(0, 0.1, (d_in, d_h))
    w2 = rng.normal(0, 0.1, (d_h, d_out))
    return x, y, w1, w2
