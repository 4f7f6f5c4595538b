# mistake: array-not-tensor
# note: the arrays of the first way


def make_data(n, d_in, d_h, d_out, dtype, device):
    x = np.random.randn(n, d_in)
    y = np.random.randn(n, d_out)
    w1 = np.random.randn(d_in, d_h)
    w2 = np.random.randn(d_h, d_out)
    return x, y, w1, w2
