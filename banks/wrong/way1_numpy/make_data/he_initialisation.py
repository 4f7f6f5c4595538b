# mistake: weights-scaled
# note: weights scaled by the fan-in, good practice but not asked here


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h)) * np.sqrt(2 / d_in)
    w2 = rng.standard_normal((d_h, d_out)) * np.sqrt(2 / d_h)
    return x, y, w1, w2
