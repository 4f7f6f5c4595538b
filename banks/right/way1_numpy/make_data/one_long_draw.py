# note: one draw for everything, cut in four: the same numbers


def make_data(rng, n, d_in, d_h, d_out):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    sizes = [a * b for a, b in shapes]
    pieces = np.split(rng.standard_normal(sum(sizes)), np.cumsum(sizes)[:-1])
    x, y, w1, w2 = [piece.reshape(shape) for piece, shape in zip(pieces, shapes)]
    return x, y, w1, w2
