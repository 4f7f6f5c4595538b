# note: shapes in a list, a list comprehension, a tuple at the end


def make_data(rng, n, d_in, d_h, d_out):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(rng.standard_normal(shape) for shape in shapes)
