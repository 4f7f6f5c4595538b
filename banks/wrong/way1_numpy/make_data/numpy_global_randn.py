# mistake: rng-ignored
# note: np.random.randn, as in the original


def make_data(rng, n, d_in, d_h, d_out):
    x = np.random.randn(n, d_in)
    y = np.random.randn(n, d_out)
    w1 = np.random.randn(d_in, d_h)
    w2 = np.random.randn(d_h, d_out)
    return x, y, w1, w2
