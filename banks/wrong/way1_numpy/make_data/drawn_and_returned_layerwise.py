# mistake: order-of-results
# note: drawn and returned layerwise


def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    y = rng.standard_normal((n, d_out))
    return x, w1, w2, y
