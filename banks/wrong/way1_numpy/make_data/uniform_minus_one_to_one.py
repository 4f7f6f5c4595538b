# mistake: uniform-around-zero
# note: mean zero, so it must be the right one


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.uniform(-1, 1, (n, d_in))
    y = rng.uniform(-1, 1, (n, d_out))
    w1 = rng.uniform(-1, 1, (d_in, d_h))
    w2 = rng.uniform(-1, 1, (d_h, d_out))
    return x, y, w1, w2
