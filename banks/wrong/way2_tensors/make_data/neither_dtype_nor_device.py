# mistake: dtype-ignored
# note: neither dtype nor device


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.randn(s) for s in shapes)
