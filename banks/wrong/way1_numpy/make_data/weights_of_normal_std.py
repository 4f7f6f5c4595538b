# mistake: weights-scaled
# note: weights of normal std


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.normal(scale=0.01, size=(d_in, d_h))
    w2 = rng.normal(scale=0.01, size=(d_h, d_out))
    return x, y, w1, w2
