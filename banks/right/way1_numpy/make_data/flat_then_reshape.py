# note: a flat draw, brought into shape afterwards: the same stream


def make_data(rng, n, d_in, d_h, d_out):
    def draw(rows, columns):
        return rng.standard_normal(rows * columns).reshape(rows, columns)

    x = draw(n, d_in)
    y = draw(n, d_out)
    w1 = draw(d_in, d_h)
    w2 = draw(d_h, d_out)
    return x, y, w1, w2
