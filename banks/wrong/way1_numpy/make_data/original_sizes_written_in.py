# mistake: sizes-fixed
# note: the four sizes of the notebook as numbers


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((64, 1000))
    y = rng.standard_normal((64, 10))
    w1 = rng.standard_normal((1000, 100))
    w2 = rng.standard_normal((100, 10))
    return x, y, w1, w2
