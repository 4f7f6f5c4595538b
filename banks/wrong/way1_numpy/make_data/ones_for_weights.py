# mistake: none
# note: ones for weights


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    return x, y, np.ones((d_in, d_h)), np.ones((d_h, d_out))
