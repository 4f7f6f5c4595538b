# mistake: dtype-ignored
# note: double for all


def make_data(n, d_in, d_h, d_out, dtype, device):
    shapes = [(n, d_in), (n, d_out), (d_in, d_h), (d_h, d_out)]
    return tuple(torch.randn(s, device=device).double() for s in shapes)
