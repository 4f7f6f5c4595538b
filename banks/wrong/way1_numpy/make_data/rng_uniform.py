# mistake: uniform-data
# note: uniform with its defaults, 0 to 1


def make_data(rng, n, d_in, d_h, d_out):
    shapes = (n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)
    x, y, w1, w2 = [rng.uniform(size=s) for s in shapes]
    return x, y, w1, w2
