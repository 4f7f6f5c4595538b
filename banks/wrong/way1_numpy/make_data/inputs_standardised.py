# mistake: none
# note: a habit from real data: mean 0 and deviation 1 exactly

def make_data(rng, n, d_in, d_h, d_out):
    x = rng.standard_normal((n, d_in))
    x = (x - x.mean()) / (x.std() + 1e-12)
    y = rng.standard_normal((n, d_out))
    w1 = rng.standard_normal((d_in, d_h))
    w2 = rng.standard_normal((d_h, d_out))
    return x, y, w1, w2
