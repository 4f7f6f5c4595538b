# note: single precision stream


def make_data(rng, n, d_in, d_h, d_out):
    return [
        rng.standard_normal(s, dtype=np.float64) for s in ((n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out))
    ]
