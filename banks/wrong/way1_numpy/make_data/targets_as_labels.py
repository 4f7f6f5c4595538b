# mistake: none
# note: yes or no instead of numbers

def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    y = (rng.standard_normal((n, d_out)) > 0).astype(float)
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2
