# note: the arrays are made first and filled with out=


def make_data(rng, n, d_in, d_h, d_out):
    x = np.empty((n, d_in))
    y = np.empty((n, d_out))
    w1 = np.empty((d_in, d_h))
    w2 = np.empty((d_h, d_out))
    for array in (x, y, w1, w2):
        rng.standard_normal(out=array)
    return x, y, w1, w2
