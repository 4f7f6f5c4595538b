# note: every number by itself, in row order


def make_data(rng, n, d_in, d_h, d_out):
    def table(rows, columns):
        return np.array([[rng.standard_normal() for _ in range(columns)] for _ in range(rows)])

    x = table(n, d_in)
    y = table(n, d_out)
    w1 = table(d_in, d_h)
    w2 = table(d_h, d_out)
    return x, y, w1, w2
