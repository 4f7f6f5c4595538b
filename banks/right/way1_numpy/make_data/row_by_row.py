# note: one row at a time, stacked


def rows(rng, count, width):
    return np.stack([rng.standard_normal(width) for _ in range(count)])


def make_data(rng, n, d_in, d_h, d_out):
    x = rows(rng, n, d_in)
    y = rows(rng, n, d_out)
    w1 = rows(rng, d_in, d_h)
    w2 = rows(rng, d_h, d_out)
    return x, y, w1, w2
