# mistake: weights-zero
# note: weights start at zero: every hidden unit stays like every other


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = np.zeros((d_in, d_h))
    w2 = np.zeros((d_h, d_out))
    return x, y, w1, w2
