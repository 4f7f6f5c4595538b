# mistake: weights-scaled
# note: small weights, because large ones are said to be bad


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = 0.01 * rng.standard_normal((d_in, d_h))
    w2 = 0.01 * rng.standard_normal((d_h, d_out))
    return x, y, w1, w2
