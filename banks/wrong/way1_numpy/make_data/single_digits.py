# mistake: dtype-changed
# note: single digits


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return tuple(a.astype(np.float32) for a in (x, y, w1, w2))
