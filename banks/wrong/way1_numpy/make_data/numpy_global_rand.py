# mistake: uniform-data
# note: np.random.rand: neither the generator nor the distribution


def make_data(rng, n, d_in, d_h, d_out):
    x = np.random.rand(n, d_in)
    y = np.random.rand(n, d_out)
    w1 = np.random.rand(d_in, d_h)
    w2 = np.random.rand(d_h, d_out)
    return x, y, w1, w2
