# mistake: none
# note: axes of length 1 are taken away

def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x.squeeze(), y.squeeze(), w1.squeeze(), w2.squeeze()
