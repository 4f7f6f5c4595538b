# mistake: rng-ignored
# note: a generator of its own with seed 0: right in the notebook only


def make_data(rng, n, d_in, d_h, d_out):
    rng = np.random.default_rng(0)
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2
